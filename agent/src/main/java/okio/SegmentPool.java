package okio;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the segments of a usual request for the next one. Any thread.
 *
 * <p>The class of okio that this one replaces keeps 64 KiB, of which a request of 512 spans takes
 * four times as much: under load most of what the agent allocated were its segments.
 */
public final class SegmentPool {

  public static final SegmentPool INSTANCE = new SegmentPool();

  /** 512 KiB, if ever so much was in use at once. */
  private static final int CAPACITY = 64;

  // The one who has set it owns the stack; who finds it set does without.
  private static final AtomicBoolean OWNED = new AtomicBoolean();
  private static final Segment[] STACK = new Segment[CAPACITY];
  private static int size;

  private SegmentPool() {}

  /** A segment that is empty and belongs to nobody else. */
  public static Segment take() {
    Segment segment = null;
    if (OWNED.compareAndSet(false, true)) {
      if (size > 0) {
        segment = STACK[--size];
        STACK[size] = null;
      }
      OWNED.set(false);
    }
    return segment == null ? new Segment() : segment;
  }

  /** Takes back a segment that is in no buffer any more. */
  public static void recycle(Segment segment) {
    if (segment.next != null || segment.prev != null) {
      throw new IllegalArgumentException("the segment is in a buffer");
    }
    // The bytes of a shared one may be in another buffer.
    if (segment.shared || !OWNED.compareAndSet(false, true)) {
      return;
    }
    if (size < CAPACITY) {
      segment.pos = 0;
      segment.limit = 0;
      STACK[size++] = segment;
    }
    OWNED.set(false);
  }

  public int getMAX_SIZE() {
    return CAPACITY * Segment.SIZE;
  }

  /** About how much is kept now. */
  public int getByteCount() {
    return size * Segment.SIZE;
  }
}
