package io.otlpagent.agent.buffer;

import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * Goes from record to record through a file. Where a header is damaged it looks for the next sound
 * one; the running number of spans in each header tells how many lay in between.
 */
final class SegmentWalk {

  private static final int BLOCK = 8192;

  private final byte[] block = new byte[BLOCK];
  private long position;
  private int spansBefore;

  // The record that the last step found.
  private long recordAt;
  private int spansSkipped;

  /** Where the record begins that {@link #next} has found. */
  long recordAt() {
    return recordAt;
  }

  /** How many spans were skipped on the way there because their headers are damaged. */
  int spansSkipped() {
    return spansSkipped;
  }

  /** Whether all bytes up to the end were understood. */
  boolean complete(long end) {
    return position >= end;
  }

  /**
   * The next sound header; null, without a step, if there is none before the end.
   *
   * @param end how much of the file counts
   */
  @Nullable RecordHeader next(RandomAccessFile file, long end) throws IOException {
    long from = position;
    while (end - from >= RecordHeader.BYTES) {
      // Usually the next record is right here.
      int want = from == position ? RecordHeader.BYTES : BLOCK;
      int read = read(file, from, (int) Math.min(want, end - from));
      int last = read - RecordHeader.BYTES;
      for (int at = 0; at <= last; at++) {
        // Byte by byte, as damage may have moved everything.
        RecordHeader header =
            block[at] == RecordHeader.MAGIC >> 24 ? RecordHeader.read(block, at) : null;
        if (header != null) {
          return step(header, from + at);
        }
      }
      if (last < 0) {
        return null;
      }
      from += last + 1;
    }
    return null;
  }

  private RecordHeader step(RecordHeader header, long at) {
    recordAt = at;
    spansSkipped = Math.max(0, header.spansBefore - spansBefore);
    spansBefore = header.spansBefore + header.spans;
    position = at + RecordHeader.BYTES + header.length;
    return header;
  }

  private int read(RandomAccessFile file, long from, int length) throws IOException {
    file.seek(from);
    int read = 0;
    while (read < length) {
      int more = file.read(block, read, length - read);
      if (more < 0) {
        break;
      }
      read += more;
    }
    return read;
  }
}
