package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;

/** The files for TLS to the collector: the block {@code otlp.tls}. Immutable. */
public final class TlsConfig {

  static final ConfigKey<String> CA_FILE =
      ConfigKey.text(
          "otlp.tls.ca_file",
          "",
          "Path of a PEM file with the certificate authorities to trust; unset: the trust store"
              + " of the JVM",
          "otel.exporter.otlp.traces.certificate",
          "otel.exporter.otlp.certificate");
  static final ConfigKey<String> CERT_FILE =
      ConfigKey.text(
          "otlp.tls.cert_file",
          "",
          "Path of a PEM file with the client certificate for mutual TLS; unset: none",
          "otel.exporter.otlp.traces.client.certificate",
          "otel.exporter.otlp.client.certificate");
  static final ConfigKey<String> KEY_FILE =
      ConfigKey.text(
          "otlp.tls.key_file",
          "",
          "Path of a PEM file with the unencrypted private key of the client certificate;"
              + " Ed25519 requires Java 16; unset: none",
          "otel.exporter.otlp.traces.client.key",
          "otel.exporter.otlp.client.key");

  private final String caFile;
  private final String certFile;
  private final String keyFile;

  TlsConfig(ConfigValues values) {
    caFile = values.get(CA_FILE);
    certFile = values.get(CERT_FILE);
    keyFile = values.get(KEY_FILE);
    if (certFile.isEmpty() != keyFile.isEmpty()) {
      values.warn("otlp.tls.cert_file and otlp.tls.key_file belong together; set both or neither");
    }
  }

  /** PEM file of trusted authorities; empty for the trust store of the JVM. */
  public String caFile() {
    return caFile;
  }

  /** PEM file of the client certificate; empty for none. */
  public String certFile() {
    return certFile;
  }

  /** PEM file of the client's private key; empty for none. */
  public String keyFile() {
    return keyFile;
  }

  /** Whether all files are the same. */
  boolean sameAs(TlsConfig other) {
    return caFile.equals(other.caFile)
        && certFile.equals(other.certFile)
        && keyFile.equals(other.keyFile);
  }
}
