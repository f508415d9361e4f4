package io.otlpagent.agent.live;

import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.transform.TransformCounts;

/** What the agent did to the application's classes, and what went wrong in doing so. */
public final class WeavingMetrics implements MetricSource {

  private static final Metric WOVEN =
      Metric.counter("otlp.agent.classes_woven", "{class}", "Instrumented classes.");
  private static final Metric FAILED =
      Metric.counter(
          "otlp.agent.classes_failed",
          "{class}",
          "Classes that could not be instrumented, completely or in part.");
  private static final Metric ADVICE_ERRORS =
      Metric.counter(
          "otlp.agent.advice_errors",
          "{exception}",
          "Exceptions of the agent that were suppressed.");
  private static final Metric FAILED_LINKS =
      Metric.counter(
          "otlp.agent.failed_links",
          "{call_site}",
          "Call sites disabled because the library version is not supported.");

  private final Weaving weaving;

  public WeavingMetrics(Weaving weaving) {
    this.weaving = weaving;
  }

  @Override
  public void collect(MetricCollector collector) {
    TransformCounts transformed = weaving.transformed;
    point(collector, WOVEN, weaving.classes());
    point(collector, FAILED, transformed.classesFailed() + transformed.classesRefused());
    point(collector, ADVICE_ERRORS, AdviceErrors.adviceErrors());
    point(collector, FAILED_LINKS, AdviceErrors.failedLinks());
  }

  private static void point(MetricCollector collector, Metric metric, long value) {
    collector.begin(metric);
    collector.point(value, Labels.NONE);
  }
}
