package io.otlpagent.instrumentation.indy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went wrong in advice and in linking, and keeps the last one for the log. Written by
 * application threads, read by the exporter thread.
 */
public final class AdviceErrors {

  private static final LongAdder ADVICE = new LongAdder();
  private static final LongAdder LINKS = new LongAdder();
  private static final AtomicReference<@Nullable Throwable> LAST = new AtomicReference<>();
  private static volatile @Nullable String lastLink;

  private AdviceErrors() {}

  /** Exceptions that advice threw and that were suppressed. */
  public static long adviceErrors() {
    return ADVICE.sum();
  }

  /** Woven calls that could not be linked and do nothing. */
  public static long failedLinks() {
    return LINKS.sum();
  }

  /** The last suppressed exception; null if there was none. */
  public static @Nullable Throwable lastError() {
    return LAST.get();
  }

  /** Why the last link failed; null if none did. */
  public static @Nullable String lastFailedLink() {
    return lastLink;
  }

  static void failedLink(String reason) {
    LINKS.increment();
    lastLink = reason;
  }

  static void suppress(Throwable thrown) {
    ADVICE.increment();
    LAST.set(thrown);
  }

  static @Nullable Object suppressObject(Throwable thrown) {
    suppress(thrown);
    return null;
  }

  static int suppressInt(Throwable thrown) {
    suppress(thrown);
    return 0;
  }

  static boolean suppressBoolean(Throwable thrown) {
    suppress(thrown);
    return false;
  }

  static long suppressLong(Throwable thrown) {
    suppress(thrown);
    return 0;
  }

  /** What replaces a value: the advice's result, or the value itself if there is none. */
  static @Nullable Object replacement(@Nullable Object result, @Nullable Object original) {
    return result == null ? original : result;
  }
}
