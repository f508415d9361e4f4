package io.otlpagent.instrumentation.util;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the causes of exceptions that others have thrown. Their causes may lead in circles, be
 * made anew by each call, or fail to be told; so no walk is longer than {@value #MAX_DEPTH} steps,
 * and nothing is thrown from here. Stateless; any thread.
 */
public final class Causes {

  /** More wrappers than this around one exception have not been seen. */
  static final int MAX_DEPTH = 16;

  private Causes() {}

  /**
   * The exception inside the wrappers of an API.
   *
   * @param wrapper whether an exception only wraps another one; one that throws counts as no
   * @return {@code thrown} itself if it wraps nothing, or if the wrappers do not end
   */
  public static Throwable unwrap(Throwable thrown, Predicate<Throwable> wrapper) {
    Throwable cause = thrown;
    for (int i = 0; i < MAX_DEPTH; i++) {
      Throwable inner = isWrapper(cause, wrapper) ? of(cause) : null;
      if (inner == null) {
        return cause;
      }
      cause = inner;
    }
    return thrown;
  }

  private static boolean isWrapper(Throwable thrown, Predicate<Throwable> wrapper) {
    try {
      return wrapper.test(thrown);
    } catch (Throwable e) {
      // A getter of the exception failed, with whatever it likes.
      return false;
    }
  }

  /** The cause of an exception; null if it has none, is its own, or cannot tell. */
  public static @Nullable Throwable of(Throwable thrown) {
    try {
      Throwable cause = thrown.getCause();
      return cause == thrown ? null : cause;
    } catch (Throwable e) {
      // The exception's own getCause failed, with whatever it likes.
      return null;
    }
  }
}
