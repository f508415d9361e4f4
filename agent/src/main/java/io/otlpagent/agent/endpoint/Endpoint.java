package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.config.ServerConfig;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health}, {@code /ready}, {@code /config}, {@code /doctor} and {@code /metrics} as
 * configured, on one listener or on two. An address that cannot be bound is a warning: the agent
 * works without. Started and stopped on the agent's thread.
 */
public final class Endpoint implements HealthSource {

  private static final String THREADS = "otlp-agent-endpoint";

  private final ServerConfig config;
  private final AllowedHosts hosts;
  private final Map<String, Route> mainRoutes = new HashMap<>();
  private final Map<String, Route> metricsRoutes = new HashMap<>();
  private final List<EndpointServer> servers = new ArrayList<>();

  /**
   * @param version of the agent
   */
  public Endpoint(ServerConfig config, OtlpConfig otlp, String version, EndpointSources sources) {
    this.config = config;
    this.hosts = new AllowedHosts(config.host(), config.allowedHosts());
    if (config.metricsEnabled()) {
      boolean own = config.metricsPort() != config.port();
      Map<String, Route> routes = own ? metricsRoutes : mainRoutes;
      routes.put(config.metricsPath(), new MetricsRoute(sources.metrics()));
    }
    DoctorSource doctor = sources.doctor();
    if (doctor != null) {
      mainRoutes.put("/doctor", new DoctorRoute(doctor));
    }
    mainRoutes.put("/config", new ConfigRoute(sources.settings()));
    mainRoutes.put("/health", new HealthRoute(sources.health(), version));
    mainRoutes.put(
        "/ready",
        new ReadyRoute(
            sources.ready(),
            config.readyRequire(),
            otlp.exporters().collector() ? nextHop(otlp) : null,
            config.readyProbes()));
  }

  /** What an export connects to: the collector, or the proxy in front of it. */
  private static Probe nextHop(OtlpConfig otlp) {
    String proxy = otlp.proxyUrl();
    return proxy == null
        ? Probe.tcp(otlp.host(), otlp.port())
        : Probe.parse("tcp" + proxy.substring("http".length()));
  }

  /** Binds and serves, as far as the settings want it and the machine lets it. Never throws. */
  public synchronized void start() {
    if (!config.enabled() || !servers.isEmpty()) {
      return;
    }
    start(THREADS, config.port(), mainRoutes);
    if (!metricsRoutes.isEmpty()) {
      start(THREADS + "-metrics", config.metricsPort(), metricsRoutes);
    }
  }

  private void start(String threads, int port, Map<String, Route> routes) {
    try {
      InetSocketAddress address = new InetSocketAddress(config.host(), port);
      servers.add(EndpointServer.start(threads, address, config.workers(), hosts, routes));
    } catch (IOException e) {
      AgentLog.warn("the endpoint is off: " + e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      // A security manager, or no thread to be had.
      AgentLog.warn("the endpoint is off", e);
    }
  }

  /** The ports that are served: health and readiness first, then a listener for metrics alone. */
  public synchronized List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (EndpointServer server : servers) {
      ports.add(server.port());
    }
    return ports;
  }

  /** Names a thread of the endpoint that has died; null if none has. */
  @Override
  public synchronized @Nullable String failure() {
    for (EndpointServer server : servers) {
      String failure = server.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  public synchronized void stop() {
    for (EndpointServer server : servers) {
      server.stop();
    }
    servers.clear();
  }
}
