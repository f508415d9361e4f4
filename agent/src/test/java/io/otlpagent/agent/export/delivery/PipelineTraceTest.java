package io.otlpagent.agent.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTraceTest {

  private final ScriptedSender sender = new ScriptedSender();

  @AfterEach
  void uninstall() {
    Tracer.uninstall();
  }

  @Test
  void exportIsATraceThatComesWithTheNextBatchAndMakesNoOther() throws InterruptedException {
    try (Pipeline pipeline = traced()) {
      pipeline.record(2).flush();
      pipeline.flush();
      pipeline.flush();

      List<Span> spans = sender.accepted();
      assertThat(spans)
          .extracting(Span::getName)
          .containsExactly(
              "span", "span", "serialize_data", "send_to_collector", "send_trace_data");
      Span root = spans.get(4);
      assertThat(root.getParentSpanId().isEmpty()).isTrue();
      for (Span child : spans.subList(2, 4)) {
        assertThat(child.getTraceId()).isEqualTo(root.getTraceId());
        assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
      }
      assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started()).isEqualTo(5);
    }
  }

  @Test
  void failedExportIsAnError() throws InterruptedException {
    sender.next(() -> ExportResult.permanent("invalid_argument", "no"));
    try (Pipeline pipeline = traced()) {
      pipeline.record(1).flush();
      pipeline.flush();

      assertThat(sender.accepted())
          .filteredOn(span -> !span.getName().equals("serialize_data"))
          .hasSize(2)
          .allMatch(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR);
      assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started()).isEqualTo(4);
    }
  }

  private Pipeline traced() {
    Pipeline pipeline =
        new Pipeline(new Pipeline.Options(64, Pipeline.settings(64), sender).traced());
    Tracer.install(
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(3, 4),
            new TimeSource(),
            pipeline.counters,
            pipeline.queue));
    pipeline.start();
    await().until(pipeline.exporter::running);
    return pipeline;
  }
}
