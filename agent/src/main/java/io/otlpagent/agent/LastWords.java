package io.otlpagent.agent;

import java.util.concurrent.TimeUnit;

/**
 * Says something at the exit of the JVM, on a thread of its own: whoever reads our standard error
 * may have stopped doing so, and the exit is not to wait for that.
 */
final class LastWords {

  /** What saying them may take when the time for the exit is used up. */
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private LastWords() {}

  /** Returns when they are said, or when the time is over. */
  static void say(Runnable words, long nanos) throws InterruptedException {
    Thread thread = new Thread(null, words, "otlp-agent-last-words", 0);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(LEAST_NANOS, nanos));
  }
}
