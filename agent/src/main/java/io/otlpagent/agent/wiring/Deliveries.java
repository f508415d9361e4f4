package io.otlpagent.agent.wiring;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.export.ExporterChoice;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.BufferedDelivery;
import io.otlpagent.agent.export.delivery.PipelineTrace;
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
  public BatchDelivery toCollector(@Nullable StandardOutput console, SpanLedger ledger) {
    BatchDelivery delivery =
        new BatchDelivery(
            Senders.encoder(config.tracing(), resource),
            Senders.ofSpans(config, console),
            Senders.exporterSettings(config),
            ledger);
    OtlpConfig otlp = config.otlp();
    ExporterChoice exporters = otlp.exporters();
    delivery.inFlight(otlp.maxInFlight(), () -> Senders.plain(otlp));
    if (console != null && exporters.console() && exporters.collector()) {
      delivery.copyTo(console);
    }
    if (config.logging().pipelineTraced()) {
      delivery.trace(new PipelineTrace());
    }
    return delivery;
  }

  /** With a disk behind it; null if there is none. */
  public @Nullable BufferedDelivery buffered(BatchDelivery delivery) {
    if (config.buffer().enabled() && config.otlp().exporters().consoleAlone()) {
      AgentLog.warn(
          "buffer.enabled has no effect: OTEL_TRACES_EXPORTER sends spans to standard output"
              + " only; write otlp,console to send them to a collector too");
    }
    return config.buffer().enabled() && config.otlp().exporters().collector()
        ? Buffers.of(
            config.buffer(),
            resource,
            delivery,
            queue,
            () -> Senders.encoder(config.tracing(), resource))
        : null;
  }
}
