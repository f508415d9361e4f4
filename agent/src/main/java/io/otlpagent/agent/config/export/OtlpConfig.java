package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.EndpointUrl;
import io.otlpagent.agent.config.value.HeadersFile;
import io.otlpagent.agent.config.value.ShownValue;
import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where spans go and how: the block {@code otlp}. Immutable. */
public final class OtlpConfig {

  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "otlp.endpoint",
          "http://localhost:4317",
          "URL of the collector; over HTTP, `/v1/traces` is appended, except to"
              + " `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, which is used unchanged",
          "otel.exporter.otlp.traces.endpoint",
          "otel.exporter.otlp.endpoint");
  private static final ConfigKey<Boolean> INSECURE =
      ConfigKey.bool(
          "otel.exporter.otlp.insecure",
          true,
          "Use plain text for an endpoint without a scheme; `false` uses TLS",
          "otel.exporter.otlp.traces.insecure");
  private static final ConfigKey<String> PROTOCOL =
      ConfigKey.choice(
          "otlp.protocol",
          "",
          "grpc|http/protobuf|http/json",
          "Transport protocol; unset: `http/protobuf` if the endpoint has a path or port 4318,"
              + " else `grpc`; `http/json` doubles the size of requests",
          "otel.exporter.otlp.traces.protocol",
          "otel.exporter.otlp.protocol");
  private static final ConfigKey<Long> TIMEOUT =
      ConfigKey.duration(
              "otlp.timeout",
              "10s",
              "Timeout of one export attempt; 0 is no limit",
              "otel.exporter.otlp.traces.timeout",
              "otel.exporter.otlp.timeout")
          .live();
  private static final ConfigKey<Map<String, String>> HEADERS =
      ConfigKey.secretMap(
          "otlp.headers",
          "Headers to send with every export request, such as an API key; their values are"
              + " never logged; unset: none",
          "otel.exporter.otlp.traces.headers",
          "otel.exporter.otlp.headers");
  private static final ConfigKey<String> HEADERS_FILE =
      ConfigKey.text(
          "otlp.headers_file",
          "",
          "Path of a file with additional headers, one `name: value` per line, such as a"
              + " mounted secret; it is read again when it changes; unset: none");
  private static final ConfigKey<String> COMPRESSION =
      ConfigKey.choice(
          "otlp.compression",
          "",
          "gzip|none",
          "Compression of export requests; unset: `none` for a collector on this host, else"
              + " `gzip`",
          "otel.exporter.otlp.traces.compression",
          "otel.exporter.otlp.compression");
  private static final ConfigKey<Integer> MAX_IN_FLIGHT =
      ConfigKey.integer(
          "otlp.max_in_flight",
          "1",
          1,
          16,
          "Maximum number of concurrent export requests for spans, each over a separate"
              + " connection; raise it for a collector with a long round trip");
  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          ENDPOINT,
          PROTOCOL,
          TIMEOUT,
          HEADERS,
          HEADERS_FILE,
          COMPRESSION,
          TlsConfig.CA_FILE,
          TlsConfig.CERT_FILE,
          TlsConfig.KEY_FILE,
          ExporterChoice.TRACES,
          INSECURE,
          MAX_IN_FLIGHT);

  private final ExporterChoice exporters;
  private final URI endpoint;
  private final boolean complete;
  private final String protocol;
  private final long timeoutNanos;
  private final Map<String, String> headers;
  private final @Nullable HeadersFile headersFile;
  private final boolean gzip;
  private final TlsConfig tls;
  private final int maxInFlight;
  private final ProxyConfig proxy;
  private final RetryConfig retry;

  public OtlpConfig(ConfigValues values) {
    exporters = ExporterChoice.ofTraces(values);
    URI configured = EndpointUrl.of(values, ENDPOINT, INSECURE);
    protocol = protocol(values, configured);
    endpoint = configured != null ? configured : EndpointUrl.usual(values, ENDPOINT, grpc());
    complete =
        configured != null
            && "otel_exporter_otlp_traces_endpoint".equals(values.nameInUse(ENDPOINT));
    timeoutNanos = values.get(TIMEOUT);
    headers = headers(values);
    headersFile = headersFile(values, headers);
    gzip = gzip(values, host());
    tls = new TlsConfig(values);
    int requests = values.get(MAX_IN_FLIGHT);
    maxInFlight = exporters.collector() ? requests : 1;
    proxy = new ProxyConfig(values);
    retry = new RetryConfig(values);
  }

  /** A line break in a header would begin another one. */
  private static Map<String, String> headers(ConfigValues values) {
    Map<String, String> headers = values.get(HEADERS);
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String line = header.getKey() + header.getValue();
      if (!ShownValue.printable(line).equals(line)) {
        values.unusable(HEADERS, values.written(HEADERS), "has a control character in it");
        values.derived(HEADERS, HEADERS.defaultValue());
        return Collections.emptyMap();
      }
    }
    return headers;
  }

  private static @Nullable HeadersFile headersFile(
      ConfigValues values, Map<String, String> others) {
    String file = values.get(HEADERS_FILE);
    return file.isEmpty()
        ? null
        : new HeadersFile(file, others, values.origin(HEADERS_FILE), values);
  }

  private static String protocol(ConfigValues values, @Nullable URI configured) {
    String protocol = values.get(PROTOCOL);
    if (protocol.isEmpty()) {
      protocol = configured != null && EndpointUrl.likeHttp(configured) ? "http/protobuf" : "grpc";
      values.derived(PROTOCOL, protocol);
    }
    return protocol;
  }

  private static boolean gzip(ConfigValues values, String host) {
    String compression = values.get(COMPRESSION);
    if (compression.isEmpty()) {
      boolean loopback =
          host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
      compression = loopback ? "none" : "gzip";
      values.derived(COMPRESSION, compression);
    }
    return compression.equals("gzip");
  }

  /** False if the operator wants no spans, neither sent nor written. */
  public boolean exportsTraces() {
    return exporters.any();
  }

  /** Where spans go. */
  public ExporterChoice exporters() {
    return exporters;
  }

  /** The collector as {@code scheme://host:port}, for logs and metrics. */
  public String endpoint() {
    String host = host();
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (secure() ? "https://" : "http://") + literal + ":" + port();
  }

  /** A name or an address, IPv6 without brackets. */
  public String host() {
    String host = endpoint.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** As written, else the default port of the scheme. */
  public int port() {
    return endpoint.getPort() >= 0 ? endpoint.getPort() : secure() ? 443 : 80;
  }

  /** Whether the collector speaks TLS. */
  public boolean secure() {
    return "https".equalsIgnoreCase(endpoint.getScheme());
  }

  /** {@code grpc}, {@code http/protobuf} or {@code http/json}. */
  public String protocol() {
    return protocol;
  }

  /** Whether the protocol is gRPC; otherwise it is HTTP. */
  public boolean grpc() {
    return protocol.equals("grpc");
  }

  /** Whether HTTP carries JSON. */
  public boolean json() {
    return protocol.equals("http/json");
  }

  /** Path and query that an HTTP request of a signal goes to, such as {@code /v1/traces}. */
  public String httpPath(String ofSignal) {
    String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath();
    if (complete) {
      String query = endpoint.getRawQuery();
      return (path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }
    return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + ofSignal;
  }

  /** The longest that one attempt may take; 0 is no limit. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  /** As they are now; a file with headers may change. Secret: values are never logged. */
  public Map<String, String> headers() {
    return headersFile == null ? headers : headersFile.get();
  }

  public boolean gzip() {
    return gzip;
  }

  public TlsConfig tls() {
    return tls;
  }

  /** The proxy to the collector as {@code http://host:port}; null to connect directly. */
  public @Nullable String proxyUrl() {
    return proxy.urlFor(host());
  }

  /** {@code user:password} for the proxy as it is now; empty for none. Secret: never logged. */
  public String proxyCredentials() {
    return proxy.credentials();
  }

  /** How many requests may be on their way at once; 1 unless spans go to the collector. */
  public int maxInFlight() {
    return maxInFlight;
  }

  public RetryConfig retry() {
    return retry;
  }
}
