package io.otlpagent.agent.config;

import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The embedded endpoint: the blocks {@code server} and {@code metrics}. Immutable. */
public final class ServerConfig {

  private static final ConfigKey<Boolean> ENABLED =
      ConfigKey.bool("server.enabled", true, "Serve `/health`, `/ready` and `/metrics` over HTTP");
  private static final ConfigKey<String> HOST =
      ConfigKey.text(
          "server.host",
          "127.0.0.1",
          "Address that the endpoint listens on; use `0.0.0.0` in a container",
          "otel.exporter.prometheus.host");
  private static final ConfigKey<Integer> PORT =
      ConfigKey.integer(
          "server.port",
          "9464",
          0,
          65535,
          "TCP port that the endpoint listens on; 0 selects any free port; a port in use is"
              + " logged as a warning",
          "otel.exporter.prometheus.port");
  private static final ConfigKey<Integer> WORKERS =
      ConfigKey.integer(
          "server.workers",
          "2",
          1,
          32,
          "Maximum number of HTTP requests that the endpoint serves at the same time");
  private static final ConfigKey<List<String>> ALLOWED_HOSTS =
      ConfigKey.list(
          "server.allowed_hosts",
          "",
          "Additional host names that clients may use in the `Host` header; IP addresses, names"
              + " without a dot and Kubernetes service names are always allowed");
  private static final ConfigKey<List<String>> REQUIRE =
      ConfigKey.list(
          "server.ready.require",
          "",
          "Names of the checks that make `/ready` answer 503 when they fail; unset: no check"
              + " does");
  private static final ConfigKey<Map<String, String>> PROBES =
      ConfigKey.map(
          "server.ready.probes",
          "Additional readiness checks as `name=URL`, with the URL `redis://host:6379`,"
              + " `tcp://host:port` or `http://host/path`; unset: none");
  private static final ConfigKey<Boolean> METRICS_ENABLED =
      ConfigKey.bool("metrics.enabled", true, "Serve metrics in the Prometheus format");
  private static final ConfigKey<Integer> METRICS_PORT =
      ConfigKey.integer(
          "metrics.port",
          "",
          0,
          65535,
          "TCP port that serves metrics; a port other than `server.port` opens a second"
              + " listener; unset: the value of `server.port`");
  private static final ConfigKey<String> METRICS_PATH =
      ConfigKey.text("metrics.path", "/metrics", "HTTP path that serves metrics");

  static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          ENABLED,
          HOST,
          PORT,
          WORKERS,
          ALLOWED_HOSTS,
          REQUIRE,
          PROBES,
          METRICS_ENABLED,
          METRICS_PORT,
          METRICS_PATH);

  private final boolean enabled;
  private final String host;
  private final int port;
  private final int workers;
  private final List<String> allowedHosts;
  private final List<String> readyRequire;
  private final Map<String, String> readyProbes;
  private final boolean metricsEnabled;
  private final int metricsPort;
  private final String metricsPath;

  ServerConfig(ConfigValues values) {
    enabled = values.get(ENABLED);
    host = host(values);
    port = values.get(PORT);
    workers = values.get(WORKERS);
    allowedHosts = values.get(ALLOWED_HOSTS);
    readyRequire = values.get(REQUIRE);
    readyProbes = values.get(PROBES);
    metricsEnabled = values.get(METRICS_ENABLED) && !MetricsConfig.none(values);
    int ownPort = values.get(METRICS_PORT, -1);
    metricsPort = ownPort < 0 ? port : ownPort;
    if (ownPort < 0) {
      values.derived(METRICS_PORT, Integer.toString(port));
    }
    metricsPath = path(values);
  }

  /** A URL or a list is no address, and what cannot be one would leave the endpoint off. */
  private static String host(ConfigValues values) {
    String host = values.get(HOST);
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (host.length() > 255 || c <= ' ' || "/,;@?#\\".indexOf(c) >= 0) {
        values.unusable(HOST, host, "is no address or name of this host");
        values.derived(HOST, HOST.defaultValue());
        return HOST.defaultValue();
      }
    }
    return host;
  }

  private static String path(ConfigValues values) {
    String path = values.get(METRICS_PATH);
    if (path.startsWith("/")) {
      return path;
    }
    values.warn(
        values.origin(METRICS_PATH)
            + ": "
            + ShownValue.quoted(path)
            + " does not begin with /; "
            + ShownValue.quoted("/" + path)
            + " is used");
    return "/" + path;
  }

  public boolean enabled() {
    return enabled;
  }

  public String host() {
    return host;
  }

  /** 0 for any free port. */
  public int port() {
    return port;
  }

  public int workers() {
    return workers;
  }

  /** Names that clients may call the endpoint by, beside those that nobody can register. */
  public List<String> allowedHosts() {
    return allowedHosts;
  }

  /** Names of the checks that make the agent not ready when they fail. */
  public List<String> readyRequire() {
    return readyRequire;
  }

  /** URLs of further checks by name. */
  public Map<String, String> readyProbes() {
    return readyProbes;
  }

  public boolean metricsEnabled() {
    return metricsEnabled;
  }

  /** Equal to {@link #port()} unless metrics have a listener of their own. */
  public int metricsPort() {
    return metricsPort;
  }

  /** Begins with a slash. */
  public String metricsPath() {
    return metricsPath;
  }
}
