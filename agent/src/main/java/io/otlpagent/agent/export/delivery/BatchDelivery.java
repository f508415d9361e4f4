package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.SpansByScope;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.agent.export.transport.SpanSender;
import io.otlpagent.instrumentation.trace.Span;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to the collector: encodes, has the requests delivered, and settles every span in
 * the ledger exactly once. Used by the exporter thread.
 */
public final class BatchDelivery {

  private final TraceRequestEncoder encoder;
  private final SpanSender sender;
  private volatile ExporterSettings settings;
  private final SpanLedger ledger;
  private final ShutdownBudget shutdown;
  private final ExportStatistics statistics;
  private final ExportLog log;
  private final RetryLoop retryLoop;

  // Asked before the collector is; null if there is none. Written before the exporter starts.
  private @Nullable RequestRoute route;
  private @Nullable ParallelRequests parallel;
  private @Nullable PipelineTrace trace;
  private @Nullable StandardOutput copies;
  private final SpansByScope byScope = new SpansByScope();

  // Spans that were taken and are not settled yet.
  private int unsettled;

  public BatchDelivery(
      TraceRequestEncoder encoder,
      SpanSender sender,
      ExporterSettings settings,
      SpanLedger ledger) {
    this.encoder = encoder;
    this.sender = sender;
    this.settings = settings;
    this.ledger = ledger;
    this.shutdown = new ShutdownBudget();
    this.statistics = new ExportStatistics();
    this.log = new ExportLog(sender.description());
    this.retryLoop = new RetryLoop(sender, settings, shutdown, statistics, log);
  }

  private BatchDelivery(BatchDelivery main, TraceRequestEncoder encoder, RequestRoute route) {
    this.encoder = encoder;
    this.sender = main.sender;
    this.settings = main.settings;
    this.ledger = main.ledger;
    this.shutdown = main.shutdown;
    this.statistics = main.statistics;
    this.log = main.log;
    this.retryLoop = main.retryLoop;
    this.route = route;
    this.copies = main.copies;
  }

  /** Has requests take another way if that is possible. */
  public void prefer(RequestRoute route) {
    this.route = route;
  }

  /**
   * Has several requests under way at once while the collector is well. Called before the exporter
   * starts.
   *
   * @param maxInFlight how many, at least 1
   * @param senders make senders to the same collector
   */
  public void inFlight(int maxInFlight, Supplier<SpanSender> senders) {
    parallel = maxInFlight > 1 ? new ParallelRequests(this, maxInFlight - 1, senders) : null;
  }

  /** Another encoder for the same books, whose requests take only that way. */
  BatchDelivery detour(TraceRequestEncoder encoder, RequestRoute route) {
    return new BatchDelivery(this, encoder, route);
  }

  public ExportStatistics statistics() {
    return statistics;
  }

  public SpanLedger ledger() {
    return ledger;
  }

  public ExporterSettings settings() {
    return settings;
  }

  /** Takes other settings from the next attempt on. */
  public void apply(ExporterSettings changed) {
    settings = changed;
    retryLoop.apply(changed);
  }

  /** Has that done now and then while a retry is waited for. */
  public void whileWaiting(Runnable chores) {
    retryLoop.whileWaiting(chores);
  }

  /** Gives up what waits for a retry. */
  public void stopRetrying(boolean stop) {
    retryLoop.stop(stop);
  }

  boolean stopped() {
    return retryLoop.stopped();
  }

  void choresWhileWaiting() {
    retryLoop.chores();
  }

  /** Has spans made of the delivery itself. Called before the exporter starts. */
  public void trace(PipelineTrace pipeline) {
    trace = pipeline;
  }

  /** Has each request written there, too. Called before the exporter starts. */
  public void copyTo(StandardOutput output) {
    copies = output;
  }

  public ShutdownBudget shutdownBudget() {
    return shutdown;
  }

  /** Where batches go. */
  public SpanSender sender() {
    return sender;
  }

  /** How many connections to the collector are up. May be called by any thread. */
  public int activeConnections() {
    ParallelRequests beside = parallel;
    return sender.activeConnections() + (beside == null ? 0 : beside.activeConnections());
  }

  /** Settles the spans of requests that have been answered meanwhile. */
  public void settleAnswered() {
    if (parallel != null) {
      parallel.settle();
    }
  }

  /** Waits for the answers to all requests that are on their way. */
  public void settleAll() {
    if (parallel != null) {
      parallel.settleAll();
    }
  }

  /** Closes all connections. */
  public void close() {
    sender.close();
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
    ledger.take(count);
    unsettled = count;
    Span[] sorted = byScope.sort(spans, count);
    // Not before the caller's array is free: what is retried may take time, and chores with it.
    settleAnswered();
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
        log.remark(encoder.unreadable() + " spans could not be read");
      }
      if (encoder.encoded() > 0) {
        reachable = send(encoder.encoded());
      }
    }
    if (trace != null) {
      trace.end(count);
    }
    byScope.clear(count);
    return reachable;
  }

  /** Says what is remarkable about how attempts of another way ended. */
  void remark(int spans, DeliveryOutcome outcome) {
    log.ended(spans, outcome);
  }

  /** Gives up what a {@link #deliver} that threw has left behind. */
  public void failed(Throwable e) {
    giveUp(e, unsettled);
  }

  private void giveUp(Throwable e, int spans) {
    try {
      giveUp(DropReason.INTERNAL_ERROR, spans);
      log.remark("export failed unexpectedly: " + e);
    } catch (Throwable again) {
      // What failed for want of memory may fail once more when it is said.
    }
  }

  /** False if the collector could not be reached. */
  private boolean send(int spans) {
    statistics.recordBatch(spans);
    if (copies != null) {
      copies.copy(OtlpSignal.TRACES, encoder.array(), encoder.length());
    }
    long start = System.nanoTime();
    byte[] request = encoder.array();
    int length = encoder.length();
    DeliveryOutcome outcome = null;
    if ((parallel != null && parallel.take(request, length, spans))
        || (route != null && route.take(request, length, spans))) {
      unsettled -= spans;
    } else {
      outcome = retryLoop.run(request, length, null);
    }
    if (trace != null) {
      trace.sent(start, spans, outcome);
    }
    return outcome == null || settle(spans, outcome);
  }

  /**
   * Settles the spans of a request that was on its way beside others, or has it sent again. Never
   * throws: a batch may be in the middle of its delivery.
   */
  void settleAnswer(byte[] request, int length, int spans, ExportResult result, long nanos) {
    int others = unsettled;
    unsettled += spans;
    try {
      statistics.recordAttempt(result, nanos);
      if (result.isRetryable() && route != null) {
        route.failed(result);
        if (route.take(request, length, spans)) {
          unsettled -= spans;
          return;
        }
      }
      settle(spans, retryLoop.run(request, length, result));
    } catch (Throwable e) {
      giveUp(e, unsettled - others);
    }
  }

  /** False if the collector could not be reached. */
  private boolean settle(int spans, DeliveryOutcome outcome) {
    DropReason reason = outcome.dropReason();
    if (reason == null) {
      ExportResult last = outcome.last();
      settle(spans, (int) Math.min(spans, last == null ? 0 : last.rejected()));
    } else {
      giveUp(reason, spans);
    }
    log.ended(spans, outcome);
    return outcome.answered();
  }

  private void settle(int spans, int rejected) {
    unsettled -= spans;
    ledger.settleExported(spans - rejected);
    ledger.settleRejected(rejected);
  }

  private void giveUp(DropReason reason, int spans) {
    unsettled -= spans;
    ledger.settleDropped(reason, spans);
  }
}
