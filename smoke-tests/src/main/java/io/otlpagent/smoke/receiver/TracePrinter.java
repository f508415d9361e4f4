package io.otlpagent.smoke.receiver;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Prints each trace as a tree once its root is there and nothing of it has come for a while; one
 * whose root does not come is printed after longer. Thread-safe.
 */
public final class TracePrinter implements Consumer<List<ReceivedSpan>>, AutoCloseable {

  private static final long COMPLETE_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final long GIVE_UP_AFTER_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long CHECK_MILLIS = 250;

  private static final class Pending {
    final List<ReceivedSpan> spans = new ArrayList<>();
    boolean root;
    long lastNanoTime;
  }

  private final Consumer<String> out;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final ScheduledExecutorService timer;

  public TracePrinter(Consumer<String> out) {
    this.out = out;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "trace-printer");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(
            () -> print(false), CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void accept(List<ReceivedSpan> batch) {
    for (ReceivedSpan span : batch) {
      Pending trace = pending.computeIfAbsent(span.traceId(), id -> new Pending());
      trace.spans.add(span);
      trace.root |= span.parentId().isEmpty();
      trace.lastNanoTime = System.nanoTime();
    }
  }

  /** Prints what is left, complete or not. */
  public void printAll() {
    print(true);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    printAll();
  }

  private synchronized void print(boolean everything) {
    long now = System.nanoTime();
    Iterator<Pending> traces = pending.values().iterator();
    while (traces.hasNext()) {
      Pending trace = traces.next();
      long quiet = now - trace.lastNanoTime;
      if (everything || quiet > (trace.root ? COMPLETE_AFTER_NANOS : GIVE_UP_AFTER_NANOS)) {
        out.accept(new TraceTree(trace.spans).toString());
        traces.remove();
      }
    }
  }
}
