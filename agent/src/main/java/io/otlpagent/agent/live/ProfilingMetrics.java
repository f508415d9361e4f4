package io.otlpagent.agent.live;

import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.instrumentation.indy.AdviceTimer;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.util.Map;

/** What the agent itself costs, for {@code debug.profiling}. */
public final class ProfilingMetrics implements MetricSource {

  private static final Metric ADVICE =
      Metric.counter(
          "otlp.agent.advice.nanoseconds", "", "Time spent in the advice of an instrumentation.");
  private static final Metric CALLS =
      Metric.counter(
          "otlp.agent.advice.calls", "{call}", "Calls of the advice of an" + " instrumentation.");
  private static final Metric WEAVING =
      Metric.counter("otlp.agent.weaving.nanoseconds", "", "Time to match and weave a class.");

  private final TransformCounts transformed;

  public ProfilingMetrics(TransformCounts transformed) {
    this.transformed = transformed;
  }

  @Override
  public void collect(MetricCollector collector) {
    Map<String, AdviceTimer> timers = AdviceTimer.all();
    collector.begin(ADVICE);
    for (Map.Entry<String, AdviceTimer> timer : timers.entrySet()) {
      collector.point(timer.getValue().nanos(), Labels.of("instrumentation", timer.getKey()));
    }
    collector.begin(CALLS);
    for (Map.Entry<String, AdviceTimer> timer : timers.entrySet()) {
      collector.point(timer.getValue().calls(), Labels.of("instrumentation", timer.getKey()));
    }
    collector.begin(WEAVING);
    for (Map.Entry<String, Long> woven : transformed.nanosByClass().entrySet()) {
      collector.point(woven.getValue(), Labels.of("class", woven.getKey()));
    }
  }
}
