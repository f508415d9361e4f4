package io.otlpagent.agent.buffer;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One file of records: appended to by the JVM that made it, read from the beginning, and deleted as
 * soon as nothing in it is wanted any more.
 */
final class Segment {

  static final String SUFFIX = ".spans";

  private final PrivateFiles files;
  private final BufferHome home;
  private final File file;
  private @Nullable RandomAccessFile open;
  private SegmentWalk walk = new SegmentWalk();

  // The record at which the walk stands; null if it has to go on.
  private @Nullable StoredBatch current;

  // Where records begin that are done though the file does not say so.
  private final Set<Long> unmarked = new HashSet<>(0);

  // How much of the file counts, how many spans were ever written to it and how many are wanted.
  private long size;
  private int written;
  private int remaining;

  /** That of a new one; they sort by time. */
  static String name(long begun) {
    return String.format(Locale.ROOT, "%016x", begun) + SUFFIX;
  }

  Segment(PrivateFiles files, BufferHome home, File file) {
    this.files = files;
    this.home = home;
    this.file = file;
  }

  BufferHome home() {
    return home;
  }

  /** When it was begun, in milliseconds since 1970: its name. */
  long begun() {
    String name = file.getName();
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  long size() {
    return size;
  }

  /** How many of its spans are neither settled nor given up. */
  int remaining() {
    return remaining;
  }

  boolean exists() {
    return file.exists();
  }

  void create() throws IOException {
    open = files.create(file);
  }

  /**
   * Counts what another JVM has left in the file.
   *
   * @return how many spans that is; with one for an end that makes no sense
   */
  int inspect() throws IOException {
    RandomAccessFile in = opened();
    size = in.length();
    SegmentWalk counting = new SegmentWalk();
    RecordHeader header;
    while ((header = counting.next(in, size)) != null) {
      remaining += counting.spansSkipped() + (header.done ? 0 : header.spans);
    }
    remaining += counting.complete(size) ? 0 : 1;
    close();
    return remaining;
  }

  /** Writes a record; afterwards either all of it counts or nothing. */
  StoredBatch append(byte[] request, int length, int spans, long now) throws IOException {
    RecordHeader header =
        new RecordHeader(length, spans, now, written, RecordHeader.checksum(request, length));
    RandomAccessFile out = opened();
    out.seek(size);
    out.write(header.write());
    out.write(request, 0, length);
    StoredBatch stored = new StoredBatch(this, size, header);
    size += RecordHeader.BYTES + length;
    written += spans;
    remaining += spans;
    return stored;
  }

  /** Gives the space of a record back that could not be written to its end. */
  void undo() {
    try {
      opened().setLength(size);
    } catch (IOException e) {
      // Whoever reads the file skips what makes no sense; this JVM writes to another from now on.
    }
  }

  /**
   * The oldest record that is wanted; null if there is none. The same until it is settled.
   *
   * @param books are told of spans whose headers are damaged
   */
  @Nullable StoredBatch oldest(BufferBooks books) throws IOException {
    while (current == null) {
      RandomAccessFile in = opened();
      RecordHeader header = walk.next(in, size);
      if (header == null) {
        return null;
      }
      lose(books, Math.min(remaining, walk.spansSkipped()));
      boolean done = header.done || unmarked.contains(walk.recordAt());
      if (!done && header.spans <= remaining) {
        current = new StoredBatch(this, walk.recordAt(), header);
      }
    }
    return current;
  }

  /** Null if it is damaged. */
  byte @Nullable [] payload(StoredBatch batch) throws IOException {
    RandomAccessFile in = opened();
    byte[] payload = new byte[batch.header.length];
    in.seek(batch.position + RecordHeader.BYTES);
    try {
      in.readFully(payload);
    } catch (EOFException e) {
      return null;
    }
    return RecordHeader.checksum(payload, payload.length) == batch.header.payloadChecksum
        ? payload
        : null;
  }

  /** Marks a record, so that no later JVM sends it again, and no longer counts its spans. */
  void done(StoredBatch batch) throws IOException {
    if (current != null && current.position == batch.position) {
      current = null;
    }
    remaining -= batch.header.spans;
    if (remaining > 0) {
      unmarked.add(batch.position);
      RandomAccessFile out = opened();
      out.seek(batch.position + RecordHeader.STATE_AT);
      out.write(RecordHeader.DONE);
      unmarked.remove(batch.position);
    }
  }

  /** Gives up all that remains. */
  void loseRest(BufferBooks books, BufferLoss loss) {
    if (remaining > 0) {
      books.lost(loss, remaining);
    }
    remaining = 0;
  }

  void close() {
    RandomAccessFile closing = open;
    open = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException e) {
        // What was written is written; there is nothing else to do about it.
      }
    }
  }

  void delete() {
    close();
    file.delete();
  }

  private void lose(BufferBooks books, int spans) {
    if (spans > 0) {
      remaining -= spans;
      books.lost(BufferLoss.CORRUPT, spans);
    }
  }

  private RandomAccessFile opened() throws IOException {
    RandomAccessFile in = open;
    if (in == null) {
      in = files.open(file);
      open = in;
    }
    return in;
  }
}
