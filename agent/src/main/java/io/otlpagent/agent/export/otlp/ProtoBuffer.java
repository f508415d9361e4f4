package io.otlpagent.agent.export.otlp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing byte array that is written in protobuf's wire format and reused for every request. Used
 * by one thread.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
final class ProtoBuffer {

  private static final int INITIAL_CAPACITY = 16 * 1024;

  /** A larger array, left by an unusual batch, is given back. */
  private static final int RETAINED_CAPACITY = 4 * 1024 * 1024;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private byte[] bytes = new byte[INITIAL_CAPACITY];

  // The same array: eight bytes at once, in network order.
  private ByteBuffer words = ByteBuffer.wrap(bytes);
  private int size;

  void clear() {
    size = 0;
    if (bytes.length > RETAINED_CAPACITY) {
      replace(new byte[INITIAL_CAPACITY]);
    }
  }

  /** The array itself; valid up to {@link #size()} and until the next write. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Takes back what was written after the buffer had that size. */
  void truncate(int size) {
    this.size = size;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** A copy of what was written after the buffer had that size. */
  byte[] copyFrom(int start) {
    return Arrays.copyOfRange(bytes, start, size);
  }

  void varintField(int field, long value) {
    reserve(20);
    tag(field, VARINT);
    varint(value);
  }

  /** A field of a signed number, whose small values are short ones. */
  void zigzagField(int field, int value) {
    varintField(field, ((value << 1) ^ (value >> 31)) & 0xFFFFFFFFL);
  }

  /** An element of a packed field of numbers that are not negative. */
  void packedVarint(long value) {
    reserve(10);
    varint(value);
  }

  void fixed64Field(int field, long value) {
    reserve(13);
    tag(field, FIXED64);
    words.putLong(size, Long.reverseBytes(value));
    size += 8;
  }

  /** An element of a packed field of 64-bit values. */
  void fixed64(long value) {
    reserve(8);
    words.putLong(size, Long.reverseBytes(value));
    size += 8;
  }

  void fixed32Field(int field, int value) {
    reserve(9);
    tag(field, FIXED32);
    words.putInt(size, Integer.reverseBytes(value));
    size += 4;
  }

  /** A bytes field of 16 bytes in network order. */
  void idField(int field, long high, long low) {
    reserve(22);
    tag(field, LENGTH_DELIMITED);
    bytes[size] = 16;
    words.putLong(size + 1, high);
    words.putLong(size + 9, low);
    size += 17;
  }

  /** A bytes field of 8 bytes in network order. */
  void idField(int field, long id) {
    reserve(14);
    tag(field, LENGTH_DELIMITED);
    bytes[size] = 8;
    words.putLong(size + 1, id);
    size += 9;
  }

  void bytesField(int field, byte[] value) {
    reserve(value.length + 10);
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** Bytes that are a whole field already. */
  void raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** A string field with the first {@code chars} UTF-16 units of the text. */
  void stringField(int field, String text, int chars) {
    reserve(3 * chars + 10);
    tag(field, LENGTH_DELIMITED);
    // Right for ASCII; anything else may need one byte more, and then the text is moved.
    int lengthBytes = varintSize(chars);
    size += lengthBytes;
    int start = size;
    utf8(text, chars);
    end(start, lengthBytes);
  }

  void stringField(int field, String text) {
    stringField(field, text, text.length());
  }

  /**
   * Begins a nested message.
   *
   * @param lengthBytes how many bytes the length is likely to take; a wrong guess costs a move
   * @return where the message starts, for {@link #end}
   */
  int begin(int field, int lengthBytes) {
    reserve(10);
    tag(field, LENGTH_DELIMITED);
    size += lengthBytes;
    return size;
  }

  /** Ends the nested message that {@link #begin} began with the same guess. */
  void end(int start, int lengthBytes) {
    int length = size - start;
    int needed = varintSize(length);
    if (needed != lengthBytes) {
      reserve(needed);
      System.arraycopy(bytes, start, bytes, start - lengthBytes + needed, length);
    }
    size = start - lengthBytes;
    varint(length);
    size += length;
  }

  private void tag(int field, int wireType) {
    varint((field << 3) | wireType);
  }

  private void varint(long value) {
    byte[] out = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    size = at;
  }

  /** How many bytes a length or a number that is not negative takes. */
  static int varintSize(int value) {
    int bits = 32 - Integer.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  private void utf8(String text, int chars) {
    byte[] out = bytes;
    int at = size;
    int all = 0;
    // Without a way out: such a loop is unrolled.
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      all |= c;
      out[at + i] = (byte) c;
    }
    if (all < 0x80) {
      size = at + chars;
    } else {
      utf8Beyond(text, chars);
    }
  }

  private void utf8Beyond(String text, int chars) {
    byte[] out = bytes;
    int at = size;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xC0 | c >> 6);
        out[at++] = tail(c);
      } else if (!Character.isSurrogate(c)) {
        out[at++] = (byte) (0xE0 | c >> 12);
        out[at++] = tail(c >> 6);
        out[at++] = tail(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < chars
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xF0 | point >> 18);
        out[at++] = tail(point >> 12);
        out[at++] = tail(point >> 6);
        out[at++] = tail(point);
      } else {
        // Half of a pair has no UTF-8 form: U+FFFD, which tells that something was there.
        out[at++] = (byte) 0xEF;
        out[at++] = (byte) 0xBF;
        out[at++] = (byte) 0xBD;
      }
    }
    size = at;
  }

  /** A byte of UTF-8 after the first. */
  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      replace(Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more)));
    }
  }

  private void replace(byte[] array) {
    bytes = array;
    words = ByteBuffer.wrap(array);
  }
}
