package io.otlpagent.instrumentation.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current span of each thread. Every method concerns the calling thread only.
 *
 * <p>A synchronous operation uses {@link #enter} and {@link #exit} with its own span, which
 * allocates nothing. Work that continues a span on another thread uses {@link #swap}: it keeps what
 * it gets and puts it back.
 */
public final class Context {

  // A span that was entered twice is its own predecessor.
  private static final int MAX_ENTERED = 1000;

  private static final ThreadLocal<@Nullable Span> CURRENT = new ThreadLocal<>();

  private Context() {}

  /** The current span, sampled or not; null outside any trace. */
  public static @Nullable Span current() {
    return CURRENT.get();
  }

  /** The spans that the calling thread is in, innermost first. Not for use per request. */
  public static List<Span> entered() {
    List<Span> spans = new ArrayList<>();
    Span span = CURRENT.get();
    while (span != null && spans.size() < MAX_ENTERED) {
      spans.add(span);
      span = span.previous;
    }
    return spans;
  }

  /** Makes a span current on the thread that started it, until {@link #exit}. */
  public static void enter(Span span) {
    span.previous = CURRENT.get();
    span.current = true;
    CURRENT.set(span);
  }

  /** Undoes {@link #enter}; does nothing if the span is not entered. */
  public static void exit(Span span) {
    if (!span.current) {
      return;
    }
    // First, as it needs the most of the stack: if that overflows, the span is still entered.
    CURRENT.set(span.previous);
    span.current = false;
    span.previous = null;
  }

  /**
   * Makes {@code next} current and returns what was.
   *
   * @param next null to leave every trace
   */
  public static @Nullable Span swap(@Nullable Span next) {
    Span was = CURRENT.get();
    CURRENT.set(next);
    return was;
  }
}
