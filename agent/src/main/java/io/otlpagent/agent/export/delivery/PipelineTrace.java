package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of the export itself, for {@code debug.tracing}: {@code send_trace_data} of each
 * batch, with {@code serialize_data} and {@code send_to_collector} of each of its requests. They go
 * the way of all spans, with a later batch; a batch that has no others is not traced, or there
 * would be no end. Used by the exporter thread.
 */
public final class PipelineTrace {

  private static final InstrumentationScope SCOPE = InstrumentationScope.of("export");
  private static final AttributeKey SPANS = AttributeKey.of("otlp.export.spans");
  private static final AttributeKey BYTES = AttributeKey.of("otlp.export.bytes");
  private static final AttributeKey ATTEMPTS = AttributeKey.of("otlp.export.attempts");
  private static final AttributeKey ERROR_TYPE = AttributeKey.of("error.type");

  // Of the batch that is being delivered; null if it is not traced.
  private @Nullable Step batch;
  private @Nullable String failure;

  /** A batch is about to be delivered. */
  void begin(@Nullable Span[] spans, int count) {
    failure = null;
    batch = null;
    Tracer tracer = Tracer.installed();
    if (tracer != null && hasOthers(spans, count)) {
      batch = new Step("send_trace_data", SpanKind.INTERNAL);
      tracer.startAt(batch, null, System.nanoTime());
    }
  }

  private static boolean hasOthers(@Nullable Span[] spans, int count) {
    for (int i = 0; i < count; i++) {
      Span span = spans[i];
      if (span != null && span.scope() != SCOPE) {
        return true;
      }
    }
    return false;
  }

  /** A request was written. */
  void serialized(long startNanoTime, int spans, int bytes) {
    Step step = new Step("serialize_data", SpanKind.INTERNAL);
    step.spans = spans;
    step.bytes = bytes;
    record(step, startNanoTime);
  }

  /**
   * A request was sent, or given up.
   *
   * @param outcome null if the disk buffer has taken it over
   */
  void sent(long startNanoTime, int spans, @Nullable DeliveryOutcome outcome) {
    Step step = new Step("send_to_collector", SpanKind.CLIENT);
    step.spans = spans;
    if (outcome != null) {
      step.attempts = outcome.attempts();
      ExportResult last = outcome.last();
      if (last == null || !last.isSuccess()) {
        String reason = last == null ? "shutdown" : last.reason();
        failure = reason;
        step.fail(reason, null);
      }
    }
    record(step, startNanoTime);
  }

  private void record(Step step, long startNanoTime) {
    Tracer tracer = Tracer.installed();
    if (batch != null && tracer != null) {
      tracer.startAt(step, batch, startNanoTime);
      tracer.end(step);
    }
  }

  /** The batch is delivered, or given up. */
  void end(int spans) {
    Step ending = batch;
    Tracer tracer = Tracer.ending();
    batch = null;
    if (ending != null && tracer != null) {
      ending.spans = spans;
      if (failure != null) {
        ending.fail(failure, null);
      }
      tracer.end(ending);
    }
  }

  /** One step of an export. */
  private static final class Step extends Span {

    private final String name;
    private int spans;
    private int bytes;
    private int attempts;

    Step(String name, SpanKind kind) {
      super(SCOPE, kind);
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {
      writer.put(SPANS, spans);
      if (bytes > 0) {
        writer.put(BYTES, bytes);
      }
      if (attempts > 0) {
        writer.put(ATTEMPTS, attempts);
      }
      writer.put(ERROR_TYPE, errorType());
    }
  }
}
