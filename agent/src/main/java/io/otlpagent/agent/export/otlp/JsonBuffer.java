package io.otlpagent.agent.export.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A growing byte array that JSON is written to, in UTF-8. Used by one thread. */
public final class JsonBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  JsonBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** The array itself; valid up to {@link #size()} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /** Whether the other holds the same. */
  public boolean sameAs(JsonBuffer other) {
    if (size != other.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (bytes[i] != other.bytes[i]) {
        return false;
      }
    }
    return true;
  }

  public void append(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  /** Characters that need no escape: names, numbers, punctuation. */
  @SuppressWarnings("deprecation") // Made for ASCII, and the only way without another array.
  void append(String ascii) {
    int length = ascii.length();
    reserve(length);
    ascii.getBytes(0, length, bytes, size);
    size += length;
  }

  /** A number as a string. */
  void quoted(String number) {
    append('"');
    append(number);
    append('"');
  }

  /** A string, escaped so that it stays on one line. */
  void string(byte[] utf8, int from, int to) {
    // Six bytes for one is the worst: then nothing below has to look for room.
    reserve(6 * (to - from) + 2);
    byte[] out = bytes;
    int at = size;
    out[at++] = '"';
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\') {
        out[at++] = '\\';
        out[at++] = b;
      } else if (b >= 0 && b < ' ') {
        at = escaped(out, at, b);
      } else {
        out[at++] = b;
      }
    }
    out[at++] = '"';
    size = at;
  }

  private static int escaped(byte[] out, int start, byte control) {
    int at = start;
    out[at++] = '\\';
    switch (control) {
      case '\n':
        out[at++] = 'n';
        return at;
      case '\r':
        out[at++] = 'r';
        return at;
      case '\t':
        out[at++] = 't';
        return at;
      default:
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[control >> 4];
        out[at++] = HEX[control & 0xF];
        return at;
    }
  }

  void hex(byte[] content, int from, int to) {
    reserve(2 * (to - from) + 2);
    bytes[size++] = '"';
    for (int i = from; i < to; i++) {
      bytes[size++] = HEX[content[i] >> 4 & 0xF];
      bytes[size++] = HEX[content[i] & 0xF];
    }
    bytes[size++] = '"';
  }

  void base64(byte[] content, int from, int to) {
    byte[] encoded = Base64.getEncoder().encode(Arrays.copyOfRange(content, from, to));
    reserve(encoded.length + 2);
    bytes[size++] = '"';
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    bytes[size++] = '"';
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
