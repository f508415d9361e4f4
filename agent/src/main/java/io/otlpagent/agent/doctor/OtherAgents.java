package io.otlpagent.agent.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognizes agents by the files that they are loaded from. Stateless. */
public final class OtherAgents {

  private static final String[][] KNOWN = {
    {"otlp-agent", "otlp-agent"},
    {"opentelemetry-javaagent", "OpenTelemetry"},
    {"aws-opentelemetry-agent", "OpenTelemetry (AWS)"},
    {"splunk-otel-javaagent", "OpenTelemetry (Splunk)"},
    {"grafana-opentelemetry-java", "OpenTelemetry (Grafana)"},
    {"applicationinsights-agent", "Azure Application Insights"},
    {"dd-java-agent", "Datadog"},
    {"elastic-apm-agent", "Elastic APM"},
    {"newrelic", "New Relic"},
    {"skywalking-agent", "SkyWalking"},
    {"glowroot", "Glowroot"},
    {"appagent", "AppDynamics"},
    {"javaagent.jar", "AppDynamics"},
    {"oneagent", "Dynatrace"},
    {"instana", "Instana"},
    {"pinpoint-bootstrap", "Pinpoint"},
    {"jmx_prometheus_javaagent", "Prometheus JMX exporter"},
    {"jolokia", "Jolokia"},
    {"jacoco", "JaCoCo"},
    {"pyroscope", "Pyroscope"},
  };

  /** Our own name in the list above. */
  static final String OWN = "otlp-agent";

  private OtherAgents() {}

  /** The files of all {@code -javaagent}, {@code -agentpath} and {@code -agentlib} options. */
  public static List<String> files(List<String> jvmOptions) {
    List<String> files = new ArrayList<>();
    for (String option : jvmOptions) {
      for (String prefix : new String[] {"-javaagent:", "-agentpath:", "-agentlib:"}) {
        if (option.startsWith(prefix)) {
          int equals = option.indexOf('=');
          files.add(option.substring(prefix.length(), equals < 0 ? option.length() : equals));
        }
      }
    }
    return files;
  }

  /** The product that a file belongs to; null if it is none that is known. */
  public static @Nullable String product(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    String name = lower.substring(Math.max(lower.lastIndexOf('/'), lower.lastIndexOf('\\')) + 1);
    for (String[] known : KNOWN) {
      if (name.contains(known[0])) {
        return known[1];
      }
    }
    return null;
  }

  /** Whether a product makes spans or hooks into the same libraries. */
  static boolean traces(String product) {
    return !product.startsWith("Prometheus")
        && !product.equals("Jolokia")
        && !product.equals("JaCoCo")
        && !product.equals("Pyroscope");
  }
}
