package io.otlpagent.agent.export.otlp;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a protobuf message that we care for and skips the others. Bytes that are no
 * protobuf end the message early: what a collector says about a success must not fail it.
 */
public final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;

  // The current field.
  private int field;
  private int wireType;
  private long number;
  private int contentStart;
  private int contentEnd;

  private boolean damaged;

  public ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  ProtoReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** Another reader of the same message, at the same field. */
  ProtoReader here() {
    ProtoReader other = new ProtoReader(bytes, at, end);
    other.field = field;
    other.wireType = wireType;
    other.number = number;
    other.contentStart = contentStart;
    other.contentEnd = contentEnd;
    return other;
  }

  /** Goes to the next field; false at the end. */
  public boolean next() {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    number = 0;
    contentStart = at;
    contentEnd = at;
    boolean read = field > 0 && content();
    damaged = !read;
    return read;
  }

  private boolean content() {
    switch (wireType) {
      case VARINT:
        number = varint();
        return at <= end;
      case FIXED64:
        number = fixed(8);
        return at <= end;
      case FIXED32:
        number = fixed(4);
        return at <= end;
      case LENGTH_DELIMITED:
        long length = varint();
        contentStart = at;
        return skip(length);
      default:
        return false;
    }
  }

  /** Whether what {@link #next} said to be the end was bytes that are no protobuf. */
  boolean damaged() {
    return damaged;
  }

  /** Whether the current field holds several numbers of that kind, one after the other. */
  boolean packed(OtlpMessage.Kind kind) {
    return wireType == LENGTH_DELIMITED && kind.compareTo(OtlpMessage.Kind.BOOL) >= 0;
  }

  /** Goes to the next of several numbers, of which this is the {@link #message}. */
  boolean nextElement(OtlpMessage.Kind kind) {
    if (at >= end) {
      return false;
    }
    switch (kind) {
      case FIXED64:
      case SFIXED64:
      case DOUBLE:
        number = fixed(8);
        break;
      case FIXED32:
        number = fixed(4);
        break;
      default:
        number = varint();
    }
    return at <= end;
  }

  public int field() {
    return field;
  }

  /** The bits of a number; 0 if it is none. */
  public long number() {
    return number;
  }

  /** Where {@link #contentStart} and {@link #contentEnd} count. */
  byte[] array() {
    return bytes;
  }

  int contentStart() {
    return contentStart;
  }

  int contentEnd() {
    return contentEnd;
  }

  /** The text of a string field. */
  public String text() {
    return new String(bytes, contentStart, contentEnd - contentStart, StandardCharsets.UTF_8);
  }

  /** The content of a message field. */
  public ProtoReader message() {
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

  /** The least significant byte is the first. */
  private long fixed(int length) {
    if (length > end - at) {
      at = end + 1;
      return 0;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return value;
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
