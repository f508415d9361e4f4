package okio;

/**
 * A piece of a buffer: an array of which the bytes from {@code pos} to {@code limit} are data, and
 * the neighbours in the buffer's ring. Used by whoever uses the buffer.
 *
 * <p>The class of okio that this one replaces lets both halves of a {@link #split} refer to one
 * array, which then cannot be used again. Flow control splits nearly every segment of a request, so
 * that nearly all were garbage; copying 8 KiB costs less than allocating them.
 */
public final class Segment {

  /** The length of every array; the classes of okio contain this number. */
  public static final int SIZE = 8192;

  public final byte[] data;
  public int pos;
  public int limit;

  /** Whether another segment may refer to the array, so that what it contains must stay. */
  public boolean shared;

  /** Whether this segment may append to the array. */
  public boolean owner;

  public Segment next;
  public Segment prev;

  public Segment() {
    this(new byte[SIZE], 0, 0, false, true);
  }

  public Segment(byte[] data, int pos, int limit, boolean shared, boolean owner) {
    this.data = data;
    this.pos = pos;
    this.limit = limit;
    this.shared = shared;
    this.owner = owner;
  }

  /** A segment with the same bytes in the same array. */
  public Segment sharedCopy() {
    shared = true;
    return new Segment(data, pos, limit, true, false);
  }

  /** A segment with the same bytes in an array of its own. */
  public Segment unsharedCopy() {
    return new Segment(data.clone(), pos, limit, false, true);
  }

  /** Leaves the ring; returns the successor, null if there is none. */
  public Segment pop() {
    Segment successor = next == this ? null : next;
    next.prev = prev;
    prev.next = next;
    next = null;
    prev = null;
    return successor;
  }

  /** Puts a segment behind this one and returns it. */
  public Segment push(Segment segment) {
    segment.next = next;
    segment.prev = this;
    next.prev = segment;
    next = segment;
    return segment;
  }

  /** Moves the first bytes to a segment in front of this one, and returns that. */
  public Segment split(int byteCount) {
    if (byteCount <= 0 || byteCount > limit - pos) {
      throw new IllegalArgumentException("cannot split off " + byteCount + " bytes");
    }
    Segment prefix = SegmentPool.take();
    System.arraycopy(data, pos, prefix.data, 0, byteCount);
    prefix.limit = byteCount;
    pos += byteCount;
    return prev.push(prefix);
  }

  /** Moves all bytes to the segment in front of this one, if they fit. */
  public void compact() {
    if (prev == this) {
      throw new IllegalStateException("the only segment");
    }
    int byteCount = limit - pos;
    int room = SIZE - prev.limit + (prev.shared ? 0 : prev.pos);
    if (prev.owner && byteCount <= room) {
      writeTo(prev, byteCount);
      pop();
      SegmentPool.recycle(this);
    }
  }

  /** Moves the first bytes to the end of another segment, which may move its own to the front. */
  public void writeTo(Segment sink, int byteCount) {
    if (!sink.owner) {
      throw new IllegalStateException("the array belongs to another segment");
    }
    if (sink.limit + byteCount > SIZE) {
      int held = sink.limit - sink.pos;
      if (sink.shared || held + byteCount > SIZE) {
        throw new IllegalArgumentException("no room for " + byteCount + " bytes");
      }
      System.arraycopy(sink.data, sink.pos, sink.data, 0, held);
      sink.pos = 0;
      sink.limit = held;
    }
    System.arraycopy(data, pos, sink.data, sink.limit, byteCount);
    sink.limit += byteCount;
    pos += byteCount;
  }
}
