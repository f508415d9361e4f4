package io.otlpagent.agent.export.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.metrics.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ExportMetricsSumTest {

  private final ScriptedSender sender = new ScriptedSender();
  private final Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender);
  private final ExportMetrics metrics =
      new ExportMetrics(
          pipeline.delivery, AgentConfigLoader.load(null, new Properties(), Map.of()).otlp(), null);

  @Test
  void whatIsInFlightIsNotProcessedYet() {
    pipeline.ledger.take(3);
    assertThat(processed()).isZero();

    pipeline.ledger.settleDropped(DropReason.RETRIES_EXHAUSTED, 2);
    assertThat(processed()).isEqualTo(2);

    pipeline.ledger.settleDropped(DropReason.SHUTDOWN, 1);
    assertThat(processed()).isEqualTo(2);
  }

  private long processed() {
    return MetricSnapshot.of(List.of(metrics), 0).families().stream()
        .filter(family -> family.metric().name().equals("otel.sdk.processor.span.processed"))
        .flatMap(family -> family.points().stream())
        .filter(point -> !point.labels().toString().contains("error.type"))
        .mapToLong(point -> point.whole())
        .sum();
  }
}
