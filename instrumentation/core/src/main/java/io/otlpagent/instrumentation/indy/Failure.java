package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.Privileged;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * An exception in one line. It may be of the application's own class, whose methods are foreign
 * code and whose text is the application's data: of such a one only the class is named. Any thread;
 * never throws.
 */
final class Failure {

  private static final int MAX_MESSAGE = 500;

  private Failure() {}

  /** The class, the message and the place of an exception. */
  static String describe(Throwable thrown) {
    String type = thrown.getClass().getName();
    try {
      // Of the boot loader on Java 8; what it says is the database's.
      return type.startsWith("java.sql.") || isForeign(thrown.getClass())
          ? type
          : type + message(thrown) + place(thrown);
    } catch (Throwable e) {
      // Such as a second overflow of the stack.
      return type;
    }
  }

  private static boolean isForeign(Class<?> type) {
    ClassLoader definer =
        Privileged.needed()
            ? Privileged.get(
                new PrivilegedAction<@Nullable ClassLoader>() {
                  @Override
                  public @Nullable ClassLoader run() {
                    return type.getClassLoader();
                  }
                })
            : type.getClassLoader();
    return definer != null && definer != Failure.class.getClassLoader();
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null) {
      return "";
    }
    return ": " + (message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
  }

  private static String place(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    return frames.length == 0 ? "" : " at " + frames[0];
  }
}
