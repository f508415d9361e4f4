package io.otlpagent.instrumentation.trace.exception;

import org.jspecify.annotations.Nullable;

/**
 * Asks throwables of the application. Their methods are foreign code: what they throw is caught,
 * what they answer is cut, and null stands for no answer. Stateless; called on the thread that
 * threw, once its context is left, because the answers are computed and may not be there later.
 */
public final class Thrown {

  /** The most characters of one text that are kept. */
  static final int MAX_LENGTH = 8 * 1024;

  private static final StackTraceElement[] NO_FRAMES = {};

  private Thrown() {}

  /** The message, at most {@value #MAX_LENGTH} characters; null if there is none. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  public static @Nullable String message(Throwable thrown) {
    try {
      return cut(thrown.getMessage());
    } catch (Throwable e) {
      return null;
    }
  }

  /** The cause; null if there is none. Causes can form a cycle or never end. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  public static @Nullable Throwable cause(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable e) {
      return null;
    }
  }

  /** What it calls itself, at most {@value #MAX_LENGTH} characters; its class if it fails. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  static String description(Throwable thrown) {
    try {
      String text = cut(thrown.toString());
      return text == null ? thrown.getClass().getName() : text;
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }

  /** Its frames; none if it fails. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  static StackTraceElement[] frames(Throwable thrown) {
    try {
      StackTraceElement[] frames = thrown.getStackTrace();
      return frames == null ? NO_FRAMES : frames;
    } catch (Throwable e) {
      return NO_FRAMES;
    }
  }

  /** The beginning of a text, not cut inside a character. */
  static @Nullable String cut(@Nullable String text) {
    if (text == null || text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean insidePair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
    return text.substring(0, insidePair ? MAX_LENGTH - 1 : MAX_LENGTH);
  }
}
