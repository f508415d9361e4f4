package io.otlpagent.instrumentation.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last local roots of which nothing was recorded, and why: for whoever asks where a trace is.
 * At most ten a second are noted, so that a flood costs nothing. Written by application threads,
 * without locks; read by anybody.
 */
public final class UnsampledRequests {

  static final int CAPACITY = 32;

  private static final double PER_SECOND = 10;

  private final AtomicReferenceArray<@Nullable Entry> ring = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicInteger next = new AtomicInteger();
  private final RateLimit limit = new RateLimit(PER_SECOND, System.nanoTime());

  UnsampledRequests() {}

  /**
   * Notes a root, unless there were many just now.
   *
   * @return whether it was noted
   */
  boolean note(Span root, String reason, long nowNanos) {
    if (!limit.tryAcquire(nowNanos)) {
      return false;
    }
    ring.set(next.getAndIncrement() & (CAPACITY - 1), new Entry(root, reason));
    return true;
  }

  /** What is noted, the newest first. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(CAPACITY);
    int last = next.get() - 1;
    for (int i = 0; i < CAPACITY; i++) {
      Entry entry = ring.get((last - i) & (CAPACITY - 1));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return Collections.unmodifiableList(entries);
  }

  /** One local root. Immutable. */
  public static final class Entry {

    private final Span root;
    private final String reason;

    private Entry(Span root, String reason) {
      this.root = root;
      this.reason = reason;
    }

    /** Method and path of a request, without its query; else the name of the span. */
    public String name() {
      return root.label();
    }

    public SpanKind kind() {
      return root.kind();
    }

    /** Why it was not recorded, in a few words. */
    public String reason() {
      return reason;
    }

    /** When it started, in nanoseconds since the Unix epoch. */
    public long startEpochNanos() {
      return root.startEpochNanos();
    }

    @Override
    public String toString() {
      return name() + ": " + reason;
    }
  }
}
