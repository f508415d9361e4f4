package io.otlpagent.instrumentation.indy;

/**
 * Finds out whether the thread has room for linking a call. At the end of a stack a class that is
 * being initialized for the first time is lost for ever, the agent's as well as the JDK's; a method
 * that does nothing may overflow without harm.
 */
final class StackRoom {

  /** About 130 KB of interpreted frames. */
  private static final int FRAMES = 400;

  /** A server's thread that has called less deeply and has no room is small as a whole. */
  private static final int FEW_CALLS = 300;

  private StackRoom() {}

  static boolean enough() {
    return descends(FRAMES)
        || (new Throwable().getStackTrace().length < FEW_CALLS && descends(FRAMES / 4));
  }

  private static boolean descends(int frames) {
    try {
      return descend(frames, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) != 0;
    } catch (StackOverflowError e) {
      return false;
    }
  }

  private static long descend(
      int frames,
      long a,
      long b,
      long c,
      long d,
      long e,
      long f,
      long g,
      long h,
      long i,
      long j,
      long k,
      long l) {
    if (frames == 0) {
      return 1 | a | b | c | d | e | f | g | h | i | j | k | l;
    }
    long deeper = descend(frames - 1, b, c, d, e, f, g, h, i, j, k, l, a + frames);
    // The parameters are still needed, so that a compiler keeps them in the frame.
    return deeper | 1 | a | b | c | d | e | f | g | h | i | j | k | l;
  }
}
