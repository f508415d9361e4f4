package io.otlpagent.instrumentation.indy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went wrong in advice and in linking, and keeps the last one for the log, as text: an
 * exception refers to classes and objects of the application, which may have been undeployed since.
 * Written by application threads, read by the exporter thread.
 */
public final class AdviceErrors {

  private static final LongAdder ADVICE = new LongAdder();
  private static final LongAdder LINKS = new LongAdder();
  private static final LongAdder POSTPONED = new LongAdder();
  private static volatile @Nullable String last;
  private static volatile long lastNanos;
  private static volatile @Nullable String lastLink;
  private static volatile @Nullable String lastPostponed;

  private AdviceErrors() {}

  /** Exceptions that advice threw and that were suppressed. */
  public static long adviceErrors() {
    return ADVICE.sum();
  }

  /** Woven calls that could not be linked and do nothing. */
  public static long failedLinks() {
    return LINKS.sum();
  }

  /** One of the last second's suppressed exceptions, with its place; null if there was none. */
  public static @Nullable String lastError() {
    return last;
  }

  /** Why the last link failed; null if none did. */
  public static @Nullable String lastFailedLink() {
    return lastLink;
  }

  static void failedLink(String reason) {
    LINKS.increment();
    lastLink = reason;
  }

  /** How often a woven call could not be linked for a reason that may pass. */
  public static long postponedLinks() {
    return POSTPONED.sum();
  }

  /** The last of those reasons; null if there was none. */
  public static @Nullable String lastPostponedLink() {
    return lastPostponed;
  }

  static void postponedLink(String reason) {
    POSTPONED.increment();
    lastPostponed = reason;
  }

  /**
   * Counts an exception that advice threw. Called by the bridges that the build writes beside
   * advice.
   */
  public static void suppress(Throwable thrown) {
    ADVICE.increment();
    long now = System.nanoTime();
    if (last != null && now - lastNanos < TimeUnit.SECONDS.toNanos(1)) {
      // Advice that fails may do so in each request, and a stack trace is dear.
      return;
    }
    lastNanos = now;
    last = Failure.describe(thrown);
  }
}
