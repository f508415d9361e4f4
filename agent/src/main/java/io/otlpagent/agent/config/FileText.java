package io.otlpagent.agent.config;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads small files that an operator names. Never blocks on what is no file: a pipe or a terminal
 * would stop the application before its {@code main}. Stateless.
 */
final class FileText {

  /** More than any hand-written file; protects against a wrong path such as a device. */
  static final int MAX_BYTES = 1 << 20;

  private FileText() {}

  /**
   * The text of the file.
   *
   * @throws ConfigFileException if what is there is no file, or a large one
   * @throws IOException if it cannot be read, or does not exist
   */
  static String read(File file) throws IOException {
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
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
