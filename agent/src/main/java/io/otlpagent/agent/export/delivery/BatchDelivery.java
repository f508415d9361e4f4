package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to the collector: has them encoded and delivered, and settles every span in the
 * ledger exactly once. Used by the exporter thread.
 */
public final class BatchDelivery {

  private final DeliveryContext context;
  private final BatchEncoder encoder;
  private final RetryLoop retryLoop;
  private final @Nullable ParallelRequests parallel;
  private final @Nullable PipelineTrace trace;

  /**
   * @param parallel sends further requests while the collector is well; null for one at a time
   * @param trace makes spans of the delivery itself; null for none
   */
  public BatchDelivery(
      DeliveryContext context,
      TraceRequestEncoder encoder,
      RetryLoop retryLoop,
      @Nullable ParallelRequests parallel,
      @Nullable PipelineTrace trace) {
    this.context = context;
    this.encoder = new BatchEncoder(context, encoder, trace);
    this.retryLoop = retryLoop;
    this.parallel = parallel;
    this.trace = trace;
  }

  public ExportStatistics statistics() {
    return context.statistics();
  }

  public SpanLedger ledger() {
    return context.ledger();
  }

  public ExporterControl control() {
    return context.control();
  }

  public ShutdownBudget shutdownBudget() {
    return context.shutdown();
  }

  /** Where batches go. */
  public OtlpSender sender() {
    return context.sender();
  }

  /** Where batches are kept that the collector does not take; null if they are not. */
  public @Nullable DiskParking parking() {
    return retryLoop.parking();
  }

  /** How many connections to the collector are up. May be called by any thread. */
  public int activeConnections() {
    return sender().activeConnections() + (parallel == null ? 0 : parallel.activeConnections());
  }

  /** Settles the spans of requests that have been answered meanwhile. */
  public void settleAnswered() {
    if (parallel != null) {
      parallel.settle(this::settleAnswer);
    }
  }

  /** Waits for the answers to all requests that are on their way. */
  public void settleAll() {
    if (parallel != null) {
      parallel.settleAll(this::settleAnswer);
    }
  }

  /** Closes all connections. */
  public void close() {
    sender().close();
    if (parallel != null) {
      parallel.close();
    }
  }

  /**
   * Delivers the first spans of an array, which is empty afterwards, or gives them up.
   *
   * @return false if the collector could not be reached
   */
  public boolean deliver(@Nullable Span[] spans, int count) {
    Span[] sorted = encoder.take(spans, count);
    // Once the ledger has these spans: what is retried may take time.
    settleAnswered();
    return encoder.encode(sorted, count, this::send);
  }

  /** Gives up what a {@link #deliver} that threw has left behind. */
  public void failed(Throwable e) {
    encoder.failed(e, encoder.unsettled());
  }

  /** False if the collector could not be reached. */
  private boolean send(OtlpRequest request, int spans) {
    long start = System.nanoTime();
    DeliveryOutcome outcome = null;
    if (parallel != null && parallel.take(request, spans)) {
      encoder.settled(spans);
    } else {
      outcome = retryLoop.run(request, spans, null);
    }
    if (trace != null) {
      boolean over = outcome != null && outcome.verdict() != DeliveryOutcome.Verdict.PARKED;
      trace.sent(start, spans, over ? outcome : null);
    }
    return outcome == null || settle(spans, outcome);
  }

  /**
   * Settles the spans of a request that was on its way next to others, or has it sent again. Never
   * throws: a batch may be in the middle of its delivery.
   */
  private void settleAnswer(OtlpRequest request, int spans, ExportResult result, long nanos) {
    int others = encoder.unsettled();
    encoder.reopen(spans);
    try {
      context.statistics().recordAttempt(result, nanos);
      settle(spans, retryLoop.run(request, spans, result));
    } catch (Throwable e) {
      encoder.failed(e, encoder.unsettled() - others);
    }
  }

  /** False if the collector could not be reached. */
  private boolean settle(int spans, DeliveryOutcome outcome) {
    DropReason reason = outcome.dropReason();
    if (outcome.parked()) {
      // The disk has them, or has had them, and accounts for them.
      encoder.settled(spans);
    } else if (reason == null) {
      ExportResult last = outcome.last();
      int rejected = (int) Math.min(spans, last == null ? 0 : last.rejected());
      encoder.settled(spans);
      ledger().settleExported(spans - rejected);
      ledger().settleRejected(rejected);
    } else {
      encoder.giveUp(reason, spans);
    }
    context.log().ended(spans, outcome);
    return outcome.reachable();
  }
}
