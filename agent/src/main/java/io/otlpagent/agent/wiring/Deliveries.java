package io.otlpagent.agent.wiring;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.export.ExporterChoice;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ParallelRequests;
import io.otlpagent.agent.export.delivery.PipelineTrace;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.resource.Resource;
import org.jspecify.annotations.Nullable;

/** Makes the way of spans from the queue to the collector, as the settings ask for it. */
public final class Deliveries {

  private final AgentConfig config;
  private final Resource resource;
  private final SpanQueue queue;

  public Deliveries(AgentConfig config, Resource resource, SpanQueue queue) {
    this.config = config;
    this.resource = resource;
    this.queue = queue;
  }

  /**
   * @param console null if nothing is written there
   */
  public DeliveryContext context(@Nullable StandardOutput console, SpanLedger ledger) {
    ExporterChoice exporters = config.otlp().exporters();
    return new DeliveryContext(
        Senders.ofSpans(config, console),
        new ExporterControl(Senders.exporterSettings(config)),
        ledger,
        exporters.console() && exporters.collector() ? console : null);
  }

  /** The disk for what the collector does not take; null if there is none. */
  public @Nullable DiskParking parking(DeliveryContext context) {
    if (config.buffer().enabled() && config.otlp().exporters().consoleAlone()) {
      AgentLog.warn(
          "buffer.enabled has no effect: OTEL_TRACES_EXPORTER sends spans to standard output only;"
              + " write otlp,console to send them to a collector too");
    }
    return config.buffer().enabled() && config.otlp().exporters().collector()
        ? Buffers.of(
            config.buffer(),
            resource,
            context,
            queue,
            () -> Senders.encoder(config.tracing(), resource))
        : null;
  }

  /**
   * @param chores what to do while a retry is waited for
   */
  public BatchDelivery delivery(
      DeliveryContext context, Runnable chores, @Nullable DiskParking parking) {
    OtlpConfig otlp = config.otlp();
    int further = otlp.maxInFlight() - 1;
    return new BatchDelivery(
        context,
        Senders.encoder(config.tracing(), resource),
        new RetryLoop(context, chores, parking),
        further > 0 ? new ParallelRequests(context, further, () -> Senders.plain(otlp)) : null,
        config.logging().pipelineTraced() ? new PipelineTrace() : null);
  }
}
