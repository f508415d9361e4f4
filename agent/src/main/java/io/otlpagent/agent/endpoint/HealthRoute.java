package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.Json;
import io.otlpagent.agent.logging.Rfc3339;

/** {@code /health}: whether the agent itself works. */
final class HealthRoute implements Route {

  private final HealthSource source;
  private final String version;
  private final long startNanoTime = System.nanoTime();

  HealthRoute(HealthSource source, String version) {
    this.source = source;
    this.version = version;
  }

  @Override
  public HttpResponse respond(HttpRequest request) {
    String failure = source.failure();
    StringBuilder json = new StringBuilder(128);
    json.append("{\"status\":\"").append(failure == null ? "healthy" : "unhealthy");
    json.append("\",\"timestamp\":\"").append(Rfc3339.format(System.currentTimeMillis()));
    Json.string(json.append("\",\"version\":"), version);
    json.append(",\"uptime\":").append((System.nanoTime() - startNanoTime) / 1_000_000_000);
    if (failure != null) {
      Json.string(json.append(",\"reason\":"), failure);
    }
    return HttpResponse.json(failure == null ? 200 : 503, json.append("}\n").toString());
  }
}
