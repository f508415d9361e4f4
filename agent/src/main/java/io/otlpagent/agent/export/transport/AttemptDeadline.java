package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.queue.SpanQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt must be over: its own timeout or the shutdown's, whichever comes first. Asked by
 * the exporter thread; the shutdown is announced by another.
 */
public final class AttemptDeadline {

  /** How long spans may have to wait for something else that is being sent. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Likewise, if so many wait that they will soon be lost; enough for one that is well. */
  private static final long PRESSED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often it is looked whether they do. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final long startNanoTime = System.nanoTime();
  private final long endNanoTime;
  private final ShutdownBudget shutdown;
  private final @Nullable SpanQueue waiting;
  private final boolean patient;

  public AttemptDeadline(long timeoutNanos, ShutdownBudget shutdown) {
    this(timeoutNanos, shutdown, null, true);
  }

  /**
   * @param waiting whose spans come first: the time is up when they are about to be lost
   * @param patient if not, it is up as well, after a second, when a batch of them is ready
   */
  public AttemptDeadline(
      long timeoutNanos, ShutdownBudget shutdown, @Nullable SpanQueue waiting, boolean patient) {
    this.patient = patient;
    this.endNanoTime = startNanoTime + timeoutNanos;
    this.shutdown = shutdown;
    this.waiting = waiting;
  }

  /** 0 or less if the time is up. */
  public long remainingNanos() {
    long now = System.nanoTime();
    long remaining = shutdown.limit(endNanoTime - now);
    return yields(now - startNanoTime) ? Math.min(0, remaining) : remaining;
  }

  private boolean yields(long elapsed) {
    return waiting != null
        && ((elapsed > PRESSED_NANOS && waiting.pressed())
            || (!patient && elapsed > PATIENCE_NANOS && waiting.batchReady()));
  }

  /** For how much of the remaining time one may sleep before one asks again. */
  public long sleepNanos(long remaining) {
    return waiting == null ? remaining : Math.min(LOOK_NANOS, remaining);
  }
}
