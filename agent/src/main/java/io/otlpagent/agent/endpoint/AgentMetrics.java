package io.otlpagent.agent.endpoint;

import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.transform.TransformCounts;

/** What the instrumentation did to the application, and what went wrong in it. */
public final class AgentMetrics {

  private AgentMetrics() {}

  public static MetricSource of(SpanCounters spans, TransformCounts transformed) {
    return new FigureMetrics()
        .counter(
            "otlp_spans_not_sampled",
            "Spans that the sampler left out; they are in no other figure.",
            spans::notSampled)
        .counter(
            "otlp_agent_classes_woven",
            "Classes that were instrumented.",
            transformed::classesWoven)
        .counter(
            "otlp_agent_classes_failed",
            "Classes that matched and could not be instrumented; they run as they are.",
            transformed::classesFailed)
        .counter(
            "otlp_agent_advice_errors",
            "Exceptions in the agent's advice, kept from the application.",
            AdviceErrors::adviceErrors)
        .counter(
            "otlp_agent_failed_links",
            "Instrumented calls that could not be linked and do nothing.",
            AdviceErrors::failedLinks);
  }
}
