package io.otlpagent.agent.buffer;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of each request on disk. It has a checksum of its own, so that a damaged
 * payload can be skipped and a damaged header is not believed. Big endian:
 *
 * <pre>
 *  0 magic, with the version of the format     16 time of writing, milliseconds since 1970
 *  4 state: the one byte that changes later    24 spans of the file up to here
 *  5 three zeros                               28 CRC-32 of the payload
 *  8 length of the payload                     32 CRC-32 of the bytes above without the state
 * 12 spans of the payload
 * </pre>
 */
final class RecordHeader {

  static final int BYTES = 36;
  static final int MAGIC = 0x4F544131;
  static final int STATE_AT = 4;

  /** More than one bit away from the state of a new record, which is 0. */
  static final byte DONE = 0x5A;

  /** Far more than a request can have; a longer one is damage. */
  static final int MAX_PAYLOAD = 64 * 1024 * 1024;

  private static final int CHECKSUM_AT = 32;

  final int length;
  final int spans;
  final long epochMillis;
  final int spansBefore;
  final int payloadChecksum;
  final boolean done;

  RecordHeader(int length, int spans, long epochMillis, int spansBefore, int payloadChecksum) {
    this(length, spans, epochMillis, spansBefore, payloadChecksum, false);
  }

  private RecordHeader(
      int length, int spans, long epochMillis, int spansBefore, int payloadChecksum, boolean done) {
    this.length = length;
    this.spans = spans;
    this.epochMillis = epochMillis;
    this.spansBefore = spansBefore;
    this.payloadChecksum = payloadChecksum;
    this.done = done;
  }

  /** Null if there is no sound header at that place. */
  static @Nullable RecordHeader read(byte[] bytes, int at) {
    ByteBuffer in = ByteBuffer.wrap(bytes, at, BYTES);
    if (in.getInt() != MAGIC) {
      return null;
    }
    boolean done = in.getInt() >>> 24 == DONE;
    RecordHeader header =
        new RecordHeader(in.getInt(), in.getInt(), in.getLong(), in.getInt(), in.getInt(), done);
    boolean sound =
        in.getInt() == checksumOfHeader(bytes, at)
            && header.length > 0
            && header.length <= MAX_PAYLOAD
            && header.spans > 0
            && header.spansBefore >= 0;
    return sound ? header : null;
  }

  byte[] write() {
    byte[] bytes = new byte[BYTES];
    ByteBuffer out = ByteBuffer.wrap(bytes);
    out.putInt(MAGIC).putInt(done ? DONE << 24 : 0).putInt(length).putInt(spans);
    out.putLong(epochMillis).putInt(spansBefore).putInt(payloadChecksum);
    out.putInt(checksumOfHeader(bytes, 0));
    return bytes;
  }

  static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }

  private static int checksumOfHeader(byte[] bytes, int at) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, at, STATE_AT);
    checksum.update(bytes, at + STATE_AT + 1, CHECKSUM_AT - STATE_AT - 1);
    return (int) checksum.getValue();
  }
}
