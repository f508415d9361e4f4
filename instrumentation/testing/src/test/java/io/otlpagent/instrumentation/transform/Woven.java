package io.otlpagent.instrumentation.transform;

/** What the weaver's tests weave: bodies with loops, wide locals, handlers and many exits. */
public class Woven {

  public String loop(String text, long wide) {
    String result = text;
    for (int i = 0; i < 3; i++) {
      double part = wide * 0.5;
      result = result + i;
      if (part > 100) {
        return result + "/early";
      }
    }
    return result;
  }

  public String caught(String text) {
    try {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("empty");
      }
      return text;
    } catch (IllegalArgumentException e) {
      return "caught " + e.getMessage();
    }
  }

  public static long wide(long value, int more) {
    if (value < 0) {
      throw new IllegalStateException("negative");
    }
    return value + more;
  }

  public static long reused(long value, int more) {
    long sum = value + more;
    while (value > 0) {
      value /= 2;
    }
    if (sum < more) {
      value = more = 7;
      throw new IllegalStateException("negative");
    }
    return sum;
  }

  public String replaced(String text) {
    return text;
  }

  public int wrapped(String text) {
    text = text == null ? null : "[".concat(text).concat("]");
    if (text == null) {
      throw new NullPointerException("none");
    }
    int length = text.length();
    for (int i = 0; i < 3; i++) {
      length = Math.max(length, text.length());
    }
    return length;
  }

  public synchronized int count(Object of) {
    int n = of.hashCode();
    while (n > 10) {
      n /= 2;
    }
    return n;
  }
}
