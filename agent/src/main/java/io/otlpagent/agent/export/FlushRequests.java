package io.otlpagent.agent.export;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where other threads ask the exporter thread for a flush, and wait for it. Thread-safe. */
final class FlushRequests {

  private final AtomicReference<@Nullable CountDownLatch> pending = new AtomicReference<>();

  /** Asks for a flush, together with whoever has asked and waits for its beginning. */
  CountDownLatch ask() {
    CountDownLatch mine = new CountDownLatch(1);
    while (!pending.compareAndSet(null, mine)) {
      CountDownLatch others = pending.get();
      if (others != null) {
        return others;
      }
      // The loop took it away in between: it may not see our spans any more.
    }
    return mine;
  }

  /** Whether somebody waits for a flush to begin. */
  boolean areThere() {
    return pending.get() != null;
  }

  /** What is to be opened after a flush that begins now; null if nobody asked for one. */
  @Nullable CountDownLatch take() {
    return pending.getAndSet(null);
  }
}
