package io.otlpagent.agent.buffer;

import java.io.File;

/** Where batches are kept, how many and how long. Immutable. */
public final class BufferSettings {

  /** The least for {@code maxBytes}. */
  public static final long MIN_BYTES = 64 * 1024;

  private static final long LARGEST_SEGMENT = 16 * 1024 * 1024;

  private final File directory;
  private final String service;
  private final long maxBytes;
  private final long maxAgeMillis;

  /**
   * @param directory made if it is absent; several JVMs may share it
   * @param service the name of the service: only JVMs of the same name take over what one leaves
   *     behind, because another service may report to another collector
   * @param maxBytes of the files that one JVM has, those it took over included
   * @param maxAgeMillis older batches are dropped
   */
  public BufferSettings(File directory, String service, long maxBytes, long maxAgeMillis) {
    this.directory = directory;
    this.service = service;
    this.maxBytes = Math.max(MIN_BYTES, maxBytes);
    this.maxAgeMillis = maxAgeMillis;
  }

  public File directory() {
    return directory;
  }

  String service() {
    return service;
  }

  long maxBytes() {
    return maxBytes;
  }

  long maxAgeMillis() {
    return maxAgeMillis;
  }

  /** Where a file is closed and the next begun; a 16th of the whole, which is dropped at once. */
  long segmentBytes() {
    return Math.min(LARGEST_SEGMENT, maxBytes / 16);
  }
}
