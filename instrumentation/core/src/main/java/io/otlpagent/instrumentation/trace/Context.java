package io.otlpagent.instrumentation.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The current entry of each thread, which is its current span or has it. Every method concerns the
 * calling thread only; a virtual thread has an entry that moves from carrier to carrier with it.
 *
 * <p>An operation that begins and ends on one thread uses {@link #enter} and {@link #exit} with its
 * own span, which allocates nothing. Everything asynchronous uses {@link #swap}: it keeps what it
 * gets and puts it back.
 */
public final class Context {

  // A span that was entered twice is its own predecessor.
  private static final int MAX_ENTERED = 1000;

  private static final ThreadLocal<@Nullable ContextEntry> CURRENT = new ThreadLocal<>();

  private Context() {}

  /** The current span, sampled or not; null outside any trace. */
  public static @Nullable Span current() {
    return span(CURRENT.get());
  }

  /** What a task takes along; null outside any trace, unless the application has put one there. */
  public static @Nullable ContextEntry entry() {
    return CURRENT.get();
  }

  /** Where entries are kept, for who prepares a thread that has not begun. */
  public static ThreadLocal<@Nullable ContextEntry> variable() {
    return CURRENT;
  }

  // An entry is a span nearly always: no call, whatever class it is of.
  private static @Nullable Span span(@Nullable ContextEntry entry) {
    if (entry instanceof Span) {
      return (Span) entry;
    }
    return entry == null ? null : entry.span();
  }

  /** The spans that the calling thread is in, innermost first. Not for use per request. */
  public static List<Span> entered() {
    List<Span> spans = new ArrayList<>();
    Span span = current();
    while (span != null && spans.size() < MAX_ENTERED) {
      spans.add(span);
      span = span(span.previous);
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
  public static @Nullable ContextEntry swap(@Nullable ContextEntry next) {
    ContextEntry was = CURRENT.get();
    CURRENT.set(next);
    return was;
  }
}
