package io.otlpagent.agent.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** As much of HTTP/2 as a server of a test needs: frames, and headers without compression. */
final class Http2Wire {

  static final int NO_ERROR = 0;
  static final int INTERNAL_ERROR = 2;
  static final int REFUSED_STREAM = 7;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;

  private final DataInputStream in;
  private final OutputStream out;

  /** What to do with one complete request. */
  interface Complete {
    void request(int stream) throws IOException;
  }

  Http2Wire(DataInputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  void serve(Complete complete) throws IOException {
    if (!new String(in.readNBytes(24), ISO_8859_1).startsWith("PRI * HTTP/2.0")) {
      // As gRPC servers do.
      out.write(frame(SETTINGS, 0, 0, new byte[0]));
      out.flush();
      return;
    }
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
    out.flush();
    while (true) {
      int lengthAndType = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      byte[] payload = in.readNBytes(lengthAndType >>> 8);
      int type = lengthAndType & 0xFF;
      if ((type == SETTINGS || type == PING) && (flags & ACK) == 0) {
        out.write(frame(type, ACK, 0, type == PING ? payload : new byte[0]));
        out.flush();
      } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
        complete.request(stream);
      }
    }
  }

  static byte[] headers(int stream, boolean last, String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      text(block, namesAndValues[i]);
      text(block, namesAndValues[i + 1]);
    }
    return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block.toByteArray());
  }

  static byte[] data(int stream, boolean last, byte[] payload) {
    return frame(DATA, last ? END_STREAM : 0, stream, payload);
  }

  static byte[] reset(int stream, int error) {
    return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(error).array());
  }

  static byte[] goAway(int lastStream, int error) {
    byte[] payload = ByteBuffer.allocate(8).putInt(lastStream).putInt(error).array();
    return frame(GOAWAY, 0, 0, payload);
  }

  /** A message with gRPC's five bytes in front. */
  static byte[] message(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    // A length of seven bits, with a continuation where it does not fit.
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write(rest % 128 + 128);
        rest /= 128;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }
}
