package io.otlpagent.agent.export;

import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.BufferedDelivery;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.metrics.MetricExporter;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.ShutdownSummary;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.SpanSender;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The whole way from a tracer to a sender, with its exporter thread. */
public final class Pipeline implements AutoCloseable {

  /** Retries at once, so that tests need not wait. */
  public static final RetryPolicy EAGER = new RetryPolicy(3, 0, 0, 2.0);

  public static final long HOUR = TimeUnit.HOURS.toNanos(1);

  public final SpanCounters counters = new SpanCounters();
  final DropCounters drops = new DropCounters();
  final ExporterAlarm alarm = new ExporterAlarm();
  public final AtomicInteger chores = new AtomicInteger();
  public final SpanQueue queue;
  public final SpanLedger ledger;
  public final BatchDelivery delivery;
  public final SpanExporter exporter;
  public final Thread thread;
  final Tracer tracer;

  public final @Nullable BufferedDelivery buffered;

  public Pipeline(int capacity, ExporterSettings settings, SpanSender sender) {
    this(capacity, settings, sender, null);
  }

  /**
   * @param disk where the buffer is; null for none
   */
  public Pipeline(
      int capacity, ExporterSettings settings, SpanSender sender, @Nullable BufferSettings disk) {
    queue = new SpanQueue(capacity, settings.batchSize(), drops, alarm);
    ledger = new SpanLedger(counters, queue, drops);
    delivery = new BatchDelivery(encoder(), sender, settings, ledger);
    buffered = disk == null ? null : new BufferedDelivery(disk, delivery, queue, Pipeline::encoder);
    exporter = new SpanExporter(queue, alarm, delivery, buffered, List.of(chores::incrementAndGet));
    exporter.choresEvery(disk == null ? HOUR : 0);
    thread = new Thread(exporter, "otlp-agent-exporter");
    thread.setDaemon(true);
    tracer =
        new Tracer(Sampler.ALWAYS_ON, new IdGenerator(1, 2), new TimeSource(), counters, queue);
  }

  /** Batches that only their size or a flush sends, and retries without delay. */
  public static ExporterSettings settings(int batchSize) {
    return new ExporterSettings(batchSize, HOUR, TimeUnit.SECONDS.toNanos(60), EAGER);
  }

  private static TraceRequestEncoder encoder() {
    return new TraceRequestEncoder(
        Resource.EMPTY, "1.2.3", AttributeLimits.DEFAULT, TraceRequestEncoder.TARGET_REQUEST_BYTES);
  }

  /** Has metrics sent, too; before the start. */
  public Pipeline with(MetricExporter metrics) {
    exporter.alsoSend(metrics);
    return this;
  }

  public Pipeline start() {
    thread.start();
    return this;
  }

  public Pipeline record(int spans) {
    for (int i = 0; i < spans; i++) {
      tracer.end(begin("span"));
    }
    return this;
  }

  public Span begin(String name) {
    Span span = new TestSpan(name);
    tracer.startRemote(span, null, null);
    return span;
  }

  public void end(Span span) {
    tracer.end(span);
  }

  public boolean flush() throws InterruptedException {
    return exporter.flush(TimeUnit.SECONDS.toNanos(60));
  }

  public String shutdown(long timeoutMillis) throws InterruptedException {
    return shutdown(timeoutMillis, List.of());
  }

  /**
   * @param stopped spans of the thread that ends the JVM
   */
  String shutdown(long timeoutMillis, List<Span> stopped) throws InterruptedException {
    return exporter.shutdown(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), stopped);
  }

  /**
   * Shuts down and says what became of the spans when the exporter has really ended, which on a
   * busy machine may be later than the shutdown waits for.
   */
  public String end(long timeoutMillis) throws InterruptedException {
    ShutdownSummary summary = new ShutdownSummary(ledger);
    shutdown(timeoutMillis);
    thread.join(60_000);
    if (thread.isAlive()) {
      throw new AssertionError("the exporter does not end");
    }
    return summary.toString();
  }

  @Override
  public void close() throws InterruptedException {
    shutdown(0);
    thread.join(60_000);
  }
}
