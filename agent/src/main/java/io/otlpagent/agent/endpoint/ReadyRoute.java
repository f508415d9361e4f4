package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.logging.Json;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ready}: whether the agent has started, and what it knows of the services around it. A
 * check that fails makes the agent not ready only if the operator requires it.
 */
final class ReadyRoute implements Route {

  private static final String COLLECTOR = "collector";
  private static final String DATABASE = "database";

  private final ReadySource source;
  private final Set<String> required;
  private final Probes collectorProbe;
  private final Probes probes;

  /**
   * @param collector asked while no export has said more lately; null if nothing is exported
   * @param probes URLs by name
   */
  ReadyRoute(
      ReadySource source,
      Collection<String> required,
      @Nullable Probe collector,
      Map<String, String> probes) {
    this.source = source;
    Map<String, Probe> byName = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : probes.entrySet()) {
      Probe probe = parse(entry.getKey(), entry.getValue());
      if (probe != null) {
        byName.put(entry.getKey(), probe);
      }
    }
    this.probes = new Probes(byName);
    Map<String, Probe> first = new LinkedHashMap<>();
    if (collector != null) {
      first.put(COLLECTOR, collector);
    }
    this.collectorProbe = new Probes(first);
    this.required = new LinkedHashSet<>(required);
    for (String name : required) {
      if (!name.equals(COLLECTOR) && !name.equals(DATABASE) && !byName.containsKey(name)) {
        this.required.remove(name);
        AgentLog.warn(
            "server.ready.require: there is no check '"
                + name
                + "'; there are collector, database and those of server.ready.probes");
      }
    }
  }

  private static @Nullable Probe parse(String name, String url) {
    if (name.equals(COLLECTOR) || name.equals(DATABASE)) {
      AgentLog.warn("server.ready.probes: '" + name + "' is the agent's own check; rename yours");
      return null;
    }
    try {
      return Probe.parse(url);
    } catch (IllegalArgumentException e) {
      AgentLog.warn("server.ready.probes: '" + name + "' is ignored: " + e.getMessage());
      return null;
    }
  }

  @Override
  public HttpResponse respond(HttpRequest request) {
    boolean ready = source.started();
    boolean paused = source.paused();
    StringBuilder json = new StringBuilder(128);
    for (Map.Entry<String, Boolean> check : checks().entrySet()) {
      json.append(json.length() == 0 ? "" : ",");
      Json.string(json, check.getKey()).append(':').append(check.getValue());
      boolean idle = paused && check.getKey().equals(COLLECTOR);
      ready &= check.getValue() || idle || !required.contains(check.getKey());
    }
    String status = ready ? "ready" : "not_ready";
    return HttpResponse.json(
        ready ? 200 : 503,
        "{\"status\":\""
            + status
            + "\",\"checks\":{"
            + json
            + "}"
            + (paused ? ",\"enabled\":false" : "")
            + "}\n");
  }

  private Map<String, Boolean> checks() {
    Map<String, Boolean> checks = new LinkedHashMap<>();
    Boolean collector = source.collector();
    if (collector == null) {
      checks.putAll(collectorProbe.ask());
    } else {
      checks.put(COLLECTOR, collector);
    }
    // Left out while unknown: an application that connects at its first request must get one.
    Boolean database = source.database();
    if (database != null) {
      checks.put(DATABASE, database);
    }
    checks.putAll(probes.ask());
    return checks;
  }
}
