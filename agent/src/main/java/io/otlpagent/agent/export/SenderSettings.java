package io.otlpagent.agent.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** How to reach the collector. Immutable; the headers are secret and in no log. */
public final class SenderSettings {

  private final CollectorEndpoint endpoint;
  private final Map<String, String> headers;
  private final boolean gzip;
  private final String agentVersion;
  private final @Nullable SSLSocketFactory tls;

  /** With the trust store of the JVM where the endpoint is {@code https}. */
  public SenderSettings(
      CollectorEndpoint endpoint, Map<String, String> headers, boolean gzip, String agentVersion) {
    this.endpoint = endpoint;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.gzip = gzip;
    this.agentVersion = agentVersion;
    this.tls = endpoint.tls() ? new TlsSocketFactory(TlsFiles.NONE) : null;
  }

  private SenderSettings(SenderSettings other, TlsFiles files) {
    this.endpoint = other.endpoint;
    this.headers = other.headers;
    this.gzip = other.gzip;
    this.agentVersion = other.agentVersion;
    this.tls = endpoint.tls() ? new TlsSocketFactory(files) : null;
  }

  /** The same with these files for TLS; they matter only where the endpoint is {@code https}. */
  public SenderSettings with(TlsFiles files) {
    return new SenderSettings(this, files);
  }

  CollectorEndpoint endpoint() {
    return endpoint;
  }

  Map<String, String> headers() {
    return headers;
  }

  boolean gzip() {
    return gzip;
  }

  /** Null for plain text. */
  @Nullable SSLSocketFactory tls() {
    return tls;
  }

  String userAgent() {
    return "otlp-agent/" + agentVersion + " OTel-OTLP-Exporter-Java/" + agentVersion;
  }
}
