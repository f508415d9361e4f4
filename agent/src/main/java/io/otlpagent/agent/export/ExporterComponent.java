package io.otlpagent.agent.export;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.metrics.Labels;

/**
 * What the exporters are called in their own metrics. Stateless.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/otel/">Attributes
 *     of components</a>
 */
final class ExporterComponent {

  private ExporterComponent() {}

  /**
   * The one that exports over OTLP.
   *
   * @param signal {@code span} or {@code metric}
   */
  static Labels of(OtlpConfig otlp, String signal) {
    String transport = otlp.grpc() ? "otlp_grpc_" : otlp.json() ? "otlp_http_json_" : "otlp_http_";
    String type = transport + signal + "_exporter";
    return Labels.of("otel.component.name", type + "/0")
        .and("otel.component.type", type)
        .and("server.address", otlp.host())
        .and("server.port", otlp.port());
  }
}
