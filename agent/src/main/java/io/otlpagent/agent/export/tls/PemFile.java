package io.otlpagent.agent.export.tls;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Reads a file with certificates or a key. Never blocks on what is no file: to open a pipe that
 * nobody writes to would hold the exporter's thread forever. Stateless.
 */
final class PemFile {

  /** More than the largest bundle of authorities; protects against a wrong path. */
  private static final int MAX_BYTES = 8 << 20;

  private PemFile() {}

  /**
   * All of the file.
   *
   * @throws IOException also if it is no regular file, or a very large one
   */
  static byte[] read(File file) throws IOException {
    if (file.exists() && !file.isFile()) {
      throw new IOException(file + " is not a regular file");
    }
    if (file.length() > MAX_BYTES) {
      throw new IOException(file + " has more than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file.toPath());
  }
}
