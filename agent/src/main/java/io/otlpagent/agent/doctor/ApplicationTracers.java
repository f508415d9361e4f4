package io.otlpagent.agent.doctor;

import java.util.List;

/**
 * Finds tracers that the application brings along, by classes that each of them loads. Stateless.
 */
final class ApplicationTracers {

  private static final String[][] KNOWN = {
    {
      "io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration",
      "OpenTelemetry's Spring Boot starter",
      "set otel.sdk.disabled=true in application.properties, or remove the dependency"
          + " opentelemetry-spring-boot-starter",
    },
    {
      "io.micrometer.tracing.otel.bridge.OtelTracer",
      "Micrometer Tracing with OpenTelemetry",
      "remove the dependency micrometer-tracing-bridge-otel, or set"
          + " management.tracing.enabled=false (Spring Boot 3)",
    },
    {
      "io.micrometer.tracing.brave.bridge.BraveTracer",
      "Micrometer Tracing with Brave",
      "remove the dependency micrometer-tracing-bridge-brave, or set"
          + " management.tracing.enabled=false (Spring Boot 3)",
    },
  };

  private ApplicationTracers() {}

  static void addFindings(Class<?>[] loaded, List<Finding> findings) {
    for (String[] known : KNOWN) {
      for (Class<?> type : loaded) {
        if (type.getName().equals(known[0])) {
          findings.add(
              Finding.warning(
                  "the application traces itself: " + known[1],
                  "both make a span of the same request, and each sends its own trace headers",
                  known[2] + "; or switch this agent's off with instrumentation.disabled"));
          break;
        }
      }
    }
  }
}
