package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.tls.TlsSocketFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How to reach the collector. Immutable; the headers are secret and in no log. */
public final class SenderSettings {

  private final CollectorEndpoint endpoint;
  private final Supplier<Map<String, String>> headers;
  private final boolean gzip;
  private final boolean json;
  private final String agentVersion;
  private final TlsFiles files;
  private final @Nullable TlsSocketFactory tls;
  private final @Nullable ProxyTunnel tunnel;

  /** With the trust store of the JVM where the endpoint is {@code https}. */
  public SenderSettings(
      CollectorEndpoint endpoint, Map<String, String> headers, boolean gzip, String agentVersion) {
    Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.endpoint = endpoint;
    this.headers = () -> copy;
    this.gzip = gzip;
    this.json = false;
    this.agentVersion = agentVersion;
    this.files = TlsFiles.NONE;
    this.tls = endpoint.tls() ? new TlsSocketFactory(files) : null;
    this.tunnel = null;
  }

  private SenderSettings(
      SenderSettings other, boolean json, TlsFiles files, Supplier<Map<String, String>> headers) {
    this.endpoint = other.endpoint;
    this.headers = headers;
    this.gzip = other.gzip;
    this.json = json;
    this.agentVersion = other.agentVersion;
    this.files = files;
    this.tls = endpoint.tls() ? new TlsSocketFactory(files) : null;
    this.tunnel = other.tunnel;
  }

  private SenderSettings(SenderSettings other, @Nullable ProxyTunnel tunnel) {
    this.endpoint = other.endpoint;
    this.headers = other.headers;
    this.gzip = other.gzip;
    this.json = other.json;
    this.agentVersion = other.agentVersion;
    this.files = other.files;
    this.tls = other.tls;
    this.tunnel = tunnel;
  }

  /** The same through a proxy; null to connect directly. */
  public SenderSettings through(@Nullable ProxyTunnel tunnel) {
    return new SenderSettings(this, tunnel);
  }

  /** The same with requests that are JSON where they go over HTTP, if they shall be. */
  public SenderSettings withJson(boolean json) {
    return new SenderSettings(this, json, files, headers);
  }

  /** The same with these files for TLS; they matter only where the endpoint is {@code https}. */
  public SenderSettings with(TlsFiles files) {
    return new SenderSettings(this, json, files, headers);
  }

  /**
   * The same with headers that may change.
   *
   * @param headers asked for each request, by threads that send
   */
  public SenderSettings with(Supplier<Map<String, String>> headers) {
    return new SenderSettings(this, json, files, headers);
  }

  public CollectorEndpoint endpoint() {
    return endpoint;
  }

  /** What to connect to: the collector, or the proxy in front of it. */
  public CollectorEndpoint nextHop() {
    return tunnel == null ? endpoint : tunnel.proxy();
  }

  /** What leads a connection through the proxy; null if there is none. */
  public @Nullable ProxyTunnel tunnel() {
    return tunnel;
  }

  /** Those for the next request. */
  public Map<String, String> headers() {
    return headers.get();
  }

  public boolean gzip() {
    return gzip;
  }

  /** Whether OTLP over HTTP is JSON instead of Protobuf. */
  public boolean json() {
    return json;
  }

  public TlsFiles tlsFiles() {
    return files;
  }

  /** Null for plain text. */
  public @Nullable TlsSocketFactory tls() {
    return tls;
  }

  public String userAgent() {
    return "otlp-agent/" + agentVersion + " OTel-OTLP-Exporter-Java/" + agentVersion;
  }
}
