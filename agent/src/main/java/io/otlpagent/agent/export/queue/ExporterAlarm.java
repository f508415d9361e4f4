package io.otlpagent.agent.export.queue;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Wakes the exporter thread. Ringing costs one volatile read unless that thread is asleep. */
public final class ExporterAlarm {

  // Written by the exporter thread before it looks for work a last time, and by whoever wakes it.
  private volatile @Nullable Thread sleeper;

  // Written by the exporter thread once.
  private volatile @Nullable Thread exporter;

  public void attach(Thread thread) {
    exporter = thread;
  }

  /** From now on {@link #ring} wakes the thread; it must look for work before it sleeps. */
  public void arm() {
    sleeper = exporter;
  }

  public void disarm() {
    sleeper = null;
  }

  /** Wakes the exporter thread if it waits for spans. */
  void ring() {
    Thread thread = sleeper;
    if (thread != null) {
      sleeper = null;
      LockSupport.unpark(thread);
    }
  }

  /** Wakes the exporter thread whatever it waits for: shutdown and flush. */
  public void ringLoudly() {
    LockSupport.unpark(exporter);
  }

  /** Sleeps for that long or until woken; may return early. Called by the exporter thread. */
  public static void sleep(Object reason, long nanos) {
    if (nanos > 0) {
      LockSupport.parkNanos(reason, nanos);
      // An interrupt, by whomever, would make every later sleep return at once.
      Thread.interrupted();
    }
  }
}
