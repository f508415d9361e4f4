package io.otlpagent.agent.export;

import java.nio.charset.StandardCharsets;

/**
 * Reads the few fields of a protobuf message that we care for and skips the others. Bytes that are
 * no protobuf end the message early: what a collector says about a success must not fail it.
 */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;

  // The current field.
  private int field;
  private long number;
  private int contentStart;
  private int contentEnd;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Goes to the next field; false at the end. */
  boolean next() {
    long tag = varint();
    field = (int) (tag >>> 3);
    number = 0;
    contentStart = at;
    contentEnd = at;
    if (field <= 0) {
      return false;
    }
    switch ((int) (tag & 7)) {
      case VARINT:
        number = varint();
        return at <= end;
      case FIXED64:
        return skip(8);
      case FIXED32:
        return skip(4);
      case LENGTH_DELIMITED:
        long length = varint();
        contentStart = at;
        return skip(length);
      default:
        return false;
    }
  }

  int field() {
    return field;
  }

  /** The value of a varint field; 0 for any other. */
  long number() {
    return number;
  }

  /** The text of a string field. */
  String text() {
    return new String(bytes, contentStart, contentEnd - contentStart, StandardCharsets.UTF_8);
  }

  /** The content of a message field. */
  ProtoReader message() {
    return new ProtoReader(bytes, contentStart, contentEnd);
  }

  private boolean skip(long length) {
    if (length < 0 || length > end - at) {
      return false;
    }
    at += (int) length;
    contentEnd = at;
    return true;
  }

  /** 0 at the end, which is no valid tag either. */
  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64 && at < end; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    at = end + 1;
    return 0;
  }
}
