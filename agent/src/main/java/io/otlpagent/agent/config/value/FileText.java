package io.otlpagent.agent.config.value;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads small files that an operator names. Never blocks on what is no file: a pipe or a terminal
 * would stop the application before its {@code main}. Stateless.
 */
public final class FileText {

  /** More than any hand-written file; protects against a wrong path such as a device. */
  public static final int MAX_BYTES = 1 << 20;

  private FileText() {}

  /**
   * The text of the file, without a byte order mark.
   *
   * @throws ConfigFileException if what is there is no file, or a large one, or no UTF-8
   * @throws IOException if it cannot be read, or does not exist
   */
  public static String read(File file) throws IOException {
    return utf8(bytes(file));
  }

  /** Like {@link #read} for a format that may have bytes of another encoding. */
  public static String readAny(File file) throws IOException {
    byte[] bytes = bytes(file);
    try {
      return utf8(bytes);
    } catch (ConfigFileException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static byte[] bytes(File file) throws IOException {
    if (file.exists() && !file.isFile()) {
      throw new ConfigFileException("it is not a regular file");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = new FileInputStream(file)) {
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
        if (bytes.size() > MAX_BYTES) {
          throw new ConfigFileException("it has more than " + MAX_BYTES + " bytes");
        }
      }
    }
    return bytes.toByteArray();
  }

  /**
   * @throws ConfigFileException if the bytes are no UTF-8
   */
  private static String utf8(byte[] bytes) throws ConfigFileException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    if (decoder.decode(in, out, true).isError()) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new ConfigFileException("it is not UTF-8 in line " + line + "; save it as UTF-8");
    }
    out.flip();
    boolean marked = out.length() > 0 && out.charAt(0) == '\uFEFF';
    return out.subSequence(marked ? 1 : 0, out.length()).toString();
  }
}
