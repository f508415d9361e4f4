package io.otlpagent.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Says something at the exit of the JVM, on a thread of its own: whoever reads our standard error
 * may have stopped doing so, and the exit is not to wait for that.
 */
final class LastWords {

  /** What saying them may take when the time for the exit is used up. */
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private LastWords() {}

  /**
   * Returns when they are said, or when the time is over.
   *
   * @param later what the thread does then, as long as the JVM lives
   */
  static void say(Runnable words, Runnable later, long nanos) throws InterruptedException {
    CountDownLatch said = new CountDownLatch(1);
    Runnable all =
        () -> {
          try {
            words.run();
          } finally {
            said.countDown();
          }
          later.run();
        };
    Thread thread = new Thread(null, all, "otlp-agent-last-words", 0);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    said.await(Math.max(LEAST_NANOS, nanos), TimeUnit.NANOSECONDS);
  }
}
