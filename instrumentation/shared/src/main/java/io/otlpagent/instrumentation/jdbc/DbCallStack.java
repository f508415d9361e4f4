package io.otlpagent.instrumentation.jdbc;

/**
 * Looks on the stack for the call of a database in which another one seems to be. The end of a call
 * goes unseen where the stack overflows, and all that the thread does later would be a part of it.
 * The look costs tens of microseconds, so it is taken at the first call inside another one, and
 * from then on only if there are more than twice as many as were ever found to be right. Any
 * thread.
 */
final class DbCallStack {

  private static final String AGENT = "io.otlpagent.instrumentation.jdbc.";
  private static final int MOST = 1 << 20;

  // Written by whoever has looked, read by each call inside another one; races do no harm.
  private static volatile int time = 1;

  private DbCallStack() {}

  /**
   * Whether so many calls inside another one are suspicious.
   *
   * @param nested how many there are by now
   */
  static boolean isTimeToLook(int nested) {
    return nested == time;
  }

  /**
   * Whether the thread is in a call that executes, beside the one that has just begun. Yes if the
   * JVM does not show the whole stack.
   *
   * @param nested how many there are by now
   */
  static boolean holdsAnother(int nested) {
    StackTraceElement[] stack = new Throwable().getStackTrace();
    int executing = 0;
    for (StackTraceElement frame : stack) {
      if (!frame.getClassName().startsWith(AGENT) && executes(frame.getMethodName())) {
        executing++;
      }
    }
    if (executing == 1 && isWhole(stack)) {
      return false;
    }
    // One more than twice as many: of a method that calls an overload the outer one has its turn.
    time = 2 * Math.min(nested, MOST) + 1;
    return true;
  }

  private static boolean isWhole(StackTraceElement[] stack) {
    String outermost = stack[stack.length - 1].getMethodName();
    return outermost.equals("run") || outermost.equals("main");
  }

  /** By the names of JDBC: who else has such a method is taken for a driver's. */
  private static boolean executes(String method) {
    switch (method) {
      case "execute":
      case "executeQuery":
      case "executeUpdate":
      case "executeLargeUpdate":
      case "executeBatch":
      case "executeLargeBatch":
      case "commit":
      case "rollback":
        return true;
      default:
        return false;
    }
  }
}
