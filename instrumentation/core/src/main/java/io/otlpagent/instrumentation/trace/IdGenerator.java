package io.otlpagent.instrumentation.trace;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Random ids without locks. Each thread's generator is the JDK's; a salt of the process keeps apart
 * the processes of a fleet that started in the same instant. Thread-safe.
 */
public final class IdGenerator {

  private final long highSalt;
  private final long lowSalt;

  /** Both salts are any bits that other processes are unlikely to have. */
  public IdGenerator(long highSalt, long lowSalt) {
    this.highSalt = highSalt;
    this.lowSalt = lowSalt;
  }

  long traceIdHigh() {
    return ThreadLocalRandom.current().nextLong() ^ highSalt;
  }

  /** Never 0: an id of zeros is invalid (W3C Trace Context, section 3.2.2.3). */
  long traceIdLow() {
    return nonZero(lowSalt);
  }

  /** Never 0: an id of zeros is invalid (W3C Trace Context, section 3.2.2.4). */
  long spanId() {
    return nonZero(highSalt);
  }

  private static long nonZero(long salt) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long id;
    do {
      id = random.nextLong() ^ salt;
    } while (id == 0);
    return id;
  }
}
