package io.otlpagent.instrumentation.indy;

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
    ClassLoader definer = thrown.getClass().getClassLoader();
    boolean foreign = definer != null && definer != Failure.class.getClassLoader();
    // Of the boot loader on Java 8; what it says is the database's.
    if (foreign || type.startsWith("java.sql.")) {
      return type;
    }
    try {
      return type + message(thrown) + place(thrown);
    } catch (Throwable e) {
      // Such as a second overflow of the stack.
      return type;
    }
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
