package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.SpansByScope;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of batches, and knows how many spans of a batch are not settled yet. Used by the
 * exporter thread.
 */
final class BatchEncoder {

  /** Where requests go. */
  interface Sink {

    /**
     * @param request is the encoder's again afterwards
     * @return false if the collector could not be reached
     */
    boolean take(OtlpRequest request, int spans);
  }

  private final DeliveryContext context;
  private final TraceRequestEncoder encoder;
  private final @Nullable PipelineTrace trace;
  private final SpansByScope byScope = new SpansByScope();

  private int unsettled;

  /**
   * @param trace null if the export itself makes no spans
   */
  BatchEncoder(
      DeliveryContext context, TraceRequestEncoder encoder, @Nullable PipelineTrace trace) {
    this.context = context;
    this.encoder = encoder;
    this.trace = trace;
  }

  /** Takes the first spans of an array, which is empty afterwards, and returns them sorted. */
  Span[] take(@Nullable Span[] spans, int count) {
    context.ledger().take(count);
    unsettled = count;
    return byScope.sort(spans, count);
  }

  /**
   * Encodes what was taken and hands it over.
   *
   * @return what the sink has said last; true if there was nothing to send
   */
  boolean encode(Span[] sorted, int count, Sink sink) {
    boolean reachable = true;
    int from = 0;
    if (trace != null) {
      trace.begin(sorted, count);
    }
    while (from < count) {
      long start = System.nanoTime();
      from = encoder.encode(sorted, from, count);
      if (trace != null) {
        trace.serialized(start, encoder.encoded(), encoder.length());
      }
      giveUp(DropReason.TOO_LARGE, encoder.tooLarge());
      giveUp(DropReason.INTERNAL_ERROR, encoder.unreadable());
      if (encoder.unreadable() > 0) {
        context.log().remark(encoder.unreadable() + " spans could not be read");
      }
      if (encoder.encoded() > 0) {
        reachable = hand(encoder.encoded(), sink);
      }
    }
    if (trace != null) {
      trace.end(count);
    }
    byScope.clear(count);
    return reachable;
  }

  private boolean hand(int spans, Sink sink) {
    OtlpRequest request = new OtlpRequest(OtlpSignal.TRACES, encoder.array(), encoder.length());
    context.begin(request, spans);
    return sink.take(request, spans);
  }

  /** Adds spans that were settled as on their way, and are not any more. */
  void reopen(int spans) {
    unsettled += spans;
  }

  void settled(int spans) {
    unsettled -= spans;
  }

  int unsettled() {
    return unsettled;
  }

  void giveUp(DropReason reason, int spans) {
    unsettled -= spans;
    context.ledger().settleDropped(reason, spans);
  }

  /** Gives up what something that threw has left behind. */
  void failed(Throwable e, int spans) {
    try {
      giveUp(DropReason.INTERNAL_ERROR, spans);
      context.log().remark("export failed unexpectedly: " + e);
    } catch (Throwable again) {
      // What failed for want of memory may fail once more when it is said.
    }
  }
}
