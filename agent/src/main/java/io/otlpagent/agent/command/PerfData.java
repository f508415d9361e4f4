package io.otlpagent.agent.command;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The texts in the file that a HotSpot JVM keeps about itself, {@code hsperfdata_USER/PID}: read
 * without the JVM noticing, which attaching to it is not.
 *
 * <p>Header, version 2: magic, byte order (1 is little), versions, flags; at 24 the offset of the
 * first entry, at 28 their number. Entry: length, offset of the name, length of the vector (0 for a
 * single value), type, three bytes, offset of the data.
 */
final class PerfData {

  private static final int MAGIC = 0xCAFEC0C0;
  private static final int HEADER = 32;
  private static final int ENTRY = 20;
  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, String> texts = new HashMap<>();

  private PerfData() {}

  /**
   * Reads a file.
   *
   * @throws IOException also if it is of another form
   */
  static PerfData read(File file) throws IOException {
    if (!file.isFile()) {
      // Anybody may put a pipe into /tmp, and reading it would never end.
      throw new IOException(file + " is not a regular file");
    }
    byte[] bytes = new byte[(int) Math.min(file.length(), MOST_BYTES)];
    try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
      in.readFully(bytes);
    }
    PerfData data = new PerfData();
    try {
      data.parse(ByteBuffer.wrap(bytes));
    } catch (IndexOutOfBoundsException e) {
      throw new IOException(file + " is damaged", e);
    }
    return data;
  }

  private void parse(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() < HEADER || buffer.getInt(0) != MAGIC || buffer.get(5) != 2) {
      throw new IOException("not the performance data of a JVM");
    }
    buffer.order(buffer.get(4) == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int at = buffer.getInt(24);
    int entries = buffer.getInt(28);
    for (int i = 0; i < entries; i++) {
      int length = buffer.getInt(at);
      if (length < ENTRY) {
        throw new IOException("damaged performance data");
      }
      int vector = buffer.getInt(at + 8);
      if (buffer.get(at + 12) == 'B' && vector > 0) {
        String name = text(buffer, at, buffer.getInt(at + 4), length);
        texts.put(name, text(buffer, at, buffer.getInt(at + 16), vector));
      }
      at += length;
    }
  }

  /** Stays inside the entry, or a small file of many entries could say megabytes with each. */
  private static String text(ByteBuffer buffer, int at, int offset, int most) throws IOException {
    int length = buffer.getInt(at);
    if (offset < 0 || offset > length) {
      throw new IOException("damaged performance data");
    }
    int from = at + offset;
    int limit = from + Math.min(most, length - offset);
    int end = from;
    while (end < limit && buffer.get(end) != 0) {
      end++;
    }
    byte[] bytes = new byte[end - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = buffer.get(from + i);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Empty if there is none of that name. */
  String text(String name) {
    String text = texts.get(name);
    return text == null ? "" : text;
  }
}
