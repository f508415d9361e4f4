package io.otlpagent.agent.export.metrics;

import io.otlpagent.agent.config.export.ExporterChoice;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.console.ConsoleSender;
import io.otlpagent.agent.metrics.Labels;

/**
 * What the exporters are called in their own metrics. Stateless.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/otel/">Attributes
 *     of components</a>
 */
final class ExporterComponent {

  private ExporterComponent() {}

  /** Of spans, whose collector that is. */
  static Labels ofSpans(OtlpConfig otlp) {
    return of(otlp.exporters(), otlp, "span");
  }

  /**
   * @param otlp the collector, if it goes to one
   * @param signal {@code span} or {@code metric}
   */
  static Labels of(ExporterChoice exporters, OtlpConfig otlp, String signal) {
    if (exporters.consoleAlone()) {
      // The conventions have no name for this one; then they want that of the class.
      String type = ConsoleSender.class.getName();
      return Labels.of("otel.component.name", type + "/" + signal).and("otel.component.type", type);
    }
    String transport = otlp.grpc() ? "otlp_grpc_" : otlp.json() ? "otlp_http_json_" : "otlp_http_";
    String type = transport + signal + "_exporter";
    return Labels.of("otel.component.name", type + "/0")
        .and("otel.component.type", type)
        .and("server.address", otlp.host())
        .and("server.port", otlp.port());
  }
}
