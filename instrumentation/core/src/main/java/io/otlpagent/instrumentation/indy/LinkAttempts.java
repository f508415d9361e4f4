package io.otlpagent.instrumentation.indy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * When a call is to be linked again that could not be for a reason that may pass: at the next call,
 * two later, four later and so on, {@value #MAX_FAILURES} times. Thread-safe.
 */
final class LinkAttempts {

  private static final int MAX_FAILURES = 12;

  /** So often a full stack is met at every call, since to find it full is cheap and harmless. */
  private static final int MAX_CROWDED = 1_000;

  /** More than there can be calls before the last attempt. */
  private static final int MAX_WAITS = 1 << 20;

  private final AtomicInteger pause = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger crowded = new AtomicInteger();
  private final AtomicInteger waits = new AtomicInteger();

  /** Counts a call; whether it may try. */
  boolean due() {
    int left = pause.get();
    if (left == 0) {
      return true;
    }
    // Another thread's call may be left out of the count, which does not matter.
    pause.compareAndSet(left, left - 1);
    return false;
  }

  /** The next call to be counted has been counted. */
  void skip() {
    pause.incrementAndGet();
  }

  /** An attempt has failed; whether it was the last. */
  boolean failed() {
    int count = failures.incrementAndGet();
    pause.set((1 << (Math.min(count, MAX_FAILURES) - 1)) - 1);
    return count >= MAX_FAILURES;
  }

  /** There was no room on the stack for an attempt; whether it was the last. */
  boolean crowded() {
    return crowded.incrementAndGet() > MAX_CROWDED && failed();
  }

  /** The call depends on another that is not linked; whether that one has given up long ago. */
  boolean waited() {
    return waits.incrementAndGet() > MAX_WAITS;
  }
}
