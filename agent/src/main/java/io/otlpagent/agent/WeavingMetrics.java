package io.otlpagent.agent;

import io.otlpagent.agent.endpoint.MetricSource;
import io.otlpagent.agent.endpoint.MetricsWriter;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.transform.TransformCounts;

/** What the agent did to the application's classes, and what went wrong in doing so. */
final class WeavingMetrics implements MetricSource {

  private final TransformCounts transformed;

  WeavingMetrics(TransformCounts transformed) {
    this.transformed = transformed;
  }

  @Override
  public void write(MetricsWriter writer) {
    writer
        .counter("otlp_agent_classes_woven", "Classes that call the agent.")
        .sample(transformed.classesWoven());
    writer
        .counter("otlp_agent_classes_failed", "Classes that matched and could not be woven.")
        .sample(transformed.classesFailed());
    writer
        .counter("otlp_agent_advice_errors", "Exceptions of the agent's that were suppressed.")
        .sample(AdviceErrors.adviceErrors());
    writer
        .counter("otlp_agent_failed_links", "Calls that do nothing: a library is unlike expected.")
        .sample(AdviceErrors.failedLinks());
  }
}
