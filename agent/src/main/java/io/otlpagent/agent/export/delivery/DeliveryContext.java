package io.otlpagent.agent.export.delivery;

import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import org.jspecify.annotations.Nullable;

/** What all parts of the delivery share: where spans go, within which time, and who counts them. */
public final class DeliveryContext {

  private final OtlpSender sender;
  private final ExporterControl control;
  private final SpanLedger ledger;
  private final @Nullable StandardOutput copies;
  private final ShutdownBudget shutdown = new ShutdownBudget();
  private final ExportStatistics statistics = new ExportStatistics();
  private final ExportLog log;

  /**
   * @param copies gets each request in addition to the sender; null for nothing
   */
  public DeliveryContext(
      OtlpSender sender,
      ExporterControl control,
      SpanLedger ledger,
      @Nullable StandardOutput copies) {
    this.sender = sender;
    this.control = control;
    this.ledger = ledger;
    this.copies = copies;
    this.log = new ExportLog(sender.description());
  }

  /** Where batches go. */
  public OtlpSender sender() {
    return sender;
  }

  public ExporterControl control() {
    return control;
  }

  public SpanLedger ledger() {
    return ledger;
  }

  public ShutdownBudget shutdown() {
    return shutdown;
  }

  public ExportStatistics statistics() {
    return statistics;
  }

  ExportLog log() {
    return log;
  }

  /** When an attempt that begins now must be over. */
  AttemptDeadline deadline() {
    return new AttemptDeadline(control.settings().attemptTimeoutNanos(), shutdown);
  }

  /** Notes a request that is about to be delivered for the first time. */
  void begin(OtlpRequest request, int spans) {
    statistics.recordBatch(spans);
    if (copies != null) {
      copies.copy(request);
    }
  }
}
