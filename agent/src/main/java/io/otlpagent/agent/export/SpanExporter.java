package io.otlpagent.agent.export;

import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.metrics.MetricExporter;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.ShutdownSummary;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.instrumentation.trace.Span;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop of the one exporter thread: waits for a full batch, a timeout, a flush or the shutdown,
 * and has batches delivered. Its public methods are for other threads and leave messages that the
 * loop reads.
 */
public final class SpanExporter implements Runnable {

  /** Open connections delay the exit, and TLS may wait for the other side to close them. */
  private static final long CLOSE_MILLIS = 50;

  private final SpanQueue queue;
  private final ExporterAlarm alarm;
  private final BatchDelivery delivery;
  private final @Nullable DiskParking parking;
  private final RegularChores chores;
  private final @Nullable MetricExporter metrics;
  private final ExporterControl control;
  private final ShutdownBudget shutdown;
  private final ShutdownDrain lastExports;

  private final FlushRequests flushRequests = new FlushRequests();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean running;

  // Owned by the loop.
  private final BatchTimer timer;
  private boolean suspended;
  private ExporterSettings settings;
  private Span[] batch;

  /**
   * @param chores what to do now and then on the exporter thread
   * @param metrics sent between batches; null for none
   */
  public SpanExporter(
      SpanQueue queue,
      ExporterAlarm alarm,
      BatchDelivery delivery,
      RegularChores chores,
      @Nullable MetricExporter metrics) {
    this.queue = queue;
    this.alarm = alarm;
    this.delivery = delivery;
    this.parking = delivery.parking();
    this.chores = chores;
    this.metrics = metrics;
    this.control = delivery.control();
    this.shutdown = delivery.shutdownBudget();
    this.lastExports = new ShutdownDrain(queue, delivery);
    this.settings = control.settings();
    this.timer = new BatchTimer(queue, settings);
    this.batch = new Span[settings.batchSize()];
    if (metrics != null) {
      metrics.skip();
    }
  }

  @Override
  public void run() {
    alarm.attach(Thread.currentThread());
    running = true;
    timer.exported();
    while (!shutdown.begun()) {
      try {
        work();
      } catch (Throwable e) {
        // Whatever happened: one failure must not cost the application its later spans.
        delivery.failed(e);
      }
    }
    exportLast();
    try {
      close();
    } finally {
      finished.countDown();
      delivery.close();
      if (metrics != null) {
        metrics.close();
      }
      closed.countDown();
    }
  }

  private void exportLast() {
    boolean reachable = false;
    try {
      reachable = !control.suspended() && lastExports.run(batch);
    } catch (Throwable e) {
      delivery.failed(e);
    }
    try {
      delivery.settleAll();
      exportMetrics();
      if (reachable) {
        // What has ended meanwhile.
        lastExports.drain(batch);
        delivery.settleAll();
      }
    } catch (Throwable e) {
      delivery.failed(e);
    }
  }

  /** True while the loop runs; false before its thread started and after the shutdown. */
  public boolean running() {
    return running;
  }

  /** Where all spans are. Any thread. */
  public SpanLedger ledger() {
    return delivery.ledger();
  }

  /**
   * Exports what is queued now.
   *
   * @return false if that was not over in time
   */
  public boolean flush(long timeoutNanos) throws InterruptedException {
    if (!running) {
      return queue.isEmpty();
    }
    CountDownLatch done = flushRequests.ask();
    alarm.ringLoudly();
    return done.await(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Exports what is queued, and what ends meanwhile, as far as the time goes, gives up the rest and
   * ends the loop.
   *
   * @param stopped live spans that will not end, since their thread waits for the exit
   * @return one line for the log: what was flushed, and what was lost for which reason
   */
  public String shutdown(long timeoutNanos, List<Span> stopped) throws InterruptedException {
    ShutdownSummary summary = new ShutdownSummary(delivery.ledger());
    lastExports.stopped(stopped);
    shutdown.begin(parking == null ? timeoutNanos : DiskParking.sendingNanos(timeoutNanos));
    alarm.ringLoudly();
    if (running) {
      // A little more than the budget: the loop itself must see that it is exhausted.
      finished.await(timeoutNanos + TimeUnit.MILLISECONDS.toNanos(250), TimeUnit.NANOSECONDS);
      closed.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return summary.toString();
  }

  /**
   * Ends the loop and is not to be waited for, if there is nothing to export. Spans that come yet
   * are exported as long as the time goes and the JVM lives.
   *
   * @return false if there is something, and nothing was done
   */
  public boolean endIdle(long timeoutNanos) {
    if (!running || metrics != null || parking != null || !delivery.ledger().idle()) {
      return false;
    }
    lastExports.stay();
    shutdown.begin(timeoutNanos);
    alarm.ringLoudly();
    delivery.sender().disconnect();
    return true;
  }

  private void work() {
    delivery.settleAnswered();
    chores.run();
    obey();
    long toReplay = parking == null || suspended ? Long.MAX_VALUE : parking.replay();
    CountDownLatch flush = flushRequests.take();
    if (flush != null) {
      try {
        drain(queue.size());
      } catch (Throwable e) {
        // Here, so that whoever waits for the flush finds the books balanced.
        delivery.failed(e);
      } finally {
        try {
          delivery.settleAll();
        } finally {
          flush.countDown();
        }
      }
    } else if (metrics != null && metrics.due(timer.due())) {
      exportMetrics();
    } else if (timer.due()) {
      timer.exported();
      drain(1);
    } else {
      await(toReplay);
    }
  }

  /** Does what the operator wants by now; chores say so, and may have run during an export. */
  private void obey() {
    if (control.settings() != settings) {
      settings = control.settings();
      timer.apply(settings);
      batch = new Span[settings.batchSize()];
    }
    if (control.suspended() != suspended) {
      suspended = !suspended;
      queue.refuse(suspended ? DropReason.SWITCHED_OFF : null);
      if (suspended) {
        lastExports.giveUp(batch, DropReason.SWITCHED_OFF);
      }
    }
  }

  private void await(long toReplay) {
    alarm.arm();
    long toBatch = timer.waitNanos();
    if (!queue.batchReady() && !flushRequests.areThere() && !shutdown.begun()) {
      long toMetrics = metrics == null ? Long.MAX_VALUE : metrics.waitNanos();
      long toWork = Math.min(toBatch, chores.waitNanos());
      ExporterAlarm.sleep(this, Math.min(toMetrics, Math.min(toReplay, toWork)));
    }
    alarm.disarm();
  }

  /** Exports at least that many spans, unless the shutdown begins: it drains the rest itself. */
  private void drain(int spans) {
    int left = spans;
    while (left > 0 && !shutdown.begun()) {
      int count = queue.drainTo(batch);
      if (count == 0) {
        return;
      }
      delivery.deliver(batch, count);
      left -= count;
      obey();
    }
  }

  /** Spans come first: this ends early if they wait. */
  private void exportMetrics() {
    if (metrics == null || shutdown.exhausted()) {
      return;
    }
    if (suspended) {
      metrics.skip();
    } else {
      metrics.export(metrics.deadline(shutdown, queue), delivery.statistics().collector());
    }
  }

  private void close() {
    queue.close();
    if (parking != null) {
      parking.close();
    }
    lastExports.giveUp(batch, DropReason.SHUTDOWN);
    queue.abandon();
    running = false;
    CountDownLatch flush = flushRequests.take();
    if (flush != null) {
      flush.countDown();
    }
  }
}
