package io.otlpagent.agent.export;

import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.ParallelRequests;
import io.otlpagent.agent.export.delivery.PipelineTrace;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.metrics.MetricExporter;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.ShutdownSummary;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
  public final DeliveryContext context;
  public final BatchDelivery delivery;
  public final SpanExporter exporter;
  public final Thread thread;
  final Tracer tracer;

  public final @Nullable DiskParking parking;

  public Pipeline(int capacity, ExporterSettings settings, OtlpSender sender) {
    this(new Options(capacity, settings, sender));
  }

  public Pipeline(Options options) {
    queue = new SpanQueue(options.capacity, options.settings.batchSize(), drops, alarm);
    ledger = new SpanLedger(counters, queue, drops);
    context =
        new DeliveryContext(
            options.sender, new ExporterControl(options.settings), ledger, options.copies);
    BufferSettings disk = options.disk;
    parking = disk == null ? null : new DiskParking(disk, context, queue, Pipeline::encoder);
    List<Runnable> done = new ArrayList<>(options.chores);
    done.add(chores::incrementAndGet);
    if (parking != null) {
      done.add(parking::adopt);
    }
    RegularChores regularly = new RegularChores(done, options.choresEveryNanos);
    delivery =
        new BatchDelivery(
            context,
            encoder(),
            new RetryLoop(context, regularly, parking),
            options.maxInFlight > 1
                ? new ParallelRequests(context, options.maxInFlight - 1, options.further)
                : null,
            options.traced ? new PipelineTrace() : null);
    exporter = new SpanExporter(queue, alarm, delivery, regularly, options.metrics);
    thread = new Thread(exporter, "otlp-agent-exporter");
    thread.setDaemon(true);
    tracer =
        new Tracer(Sampler.ALWAYS_ON, new IdGenerator(1, 2), new TimeSource(), counters, queue);
  }

  /** What a pipeline is made of. */
  public static final class Options {

    private final int capacity;
    private final ExporterSettings settings;
    private final OtlpSender sender;
    private final List<Runnable> chores = new ArrayList<>();
    private @Nullable BufferSettings disk;
    private @Nullable StandardOutput copies;
    private @Nullable MetricExporter metrics;
    private long choresEveryNanos = HOUR;
    private int maxInFlight = 1;
    private Supplier<OtlpSender> further = () -> null;
    private boolean traced;

    public Options(int capacity, ExporterSettings settings, OtlpSender sender) {
      this.capacity = capacity;
      this.settings = settings;
      this.sender = sender;
    }

    /** With a disk behind it, which is looked at all the time. */
    public Options disk(@Nullable BufferSettings disk) {
      this.disk = disk;
      return disk == null ? this : choresEvery(0);
    }

    public Options copies(StandardOutput copies) {
      this.copies = copies;
      return this;
    }

    public Options metrics(MetricExporter metrics) {
      this.metrics = metrics;
      return this;
    }

    public Options inFlight(int maxInFlight, Supplier<OtlpSender> further) {
      this.maxInFlight = maxInFlight;
      this.further = further;
      return this;
    }

    public Options traced() {
      traced = true;
      return this;
    }

    public Options chore(Runnable chore) {
      chores.add(chore);
      return this;
    }

    public Options choresEvery(long nanos) {
      choresEveryNanos = nanos;
      return this;
    }
  }

  /** Batches that only their size or a flush sends, and retries without delay. */
  public static ExporterSettings settings(int batchSize) {
    return new ExporterSettings(batchSize, HOUR, TimeUnit.SECONDS.toNanos(60), EAGER);
  }

  private static TraceRequestEncoder encoder() {
    return new TraceRequestEncoder(
        Resource.EMPTY, "1.2.3", AttributeLimits.DEFAULT, TraceRequestEncoder.TARGET_REQUEST_BYTES);
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
