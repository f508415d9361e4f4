package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What becomes of spans that cannot be sent now: the block {@code buffer}, and {@code shutdown}.
 * Immutable.
 */
public final class BufferConfig {

  private static final ConfigKey<Boolean> ENABLED =
      ConfigKey.bool(
          "buffer.enabled",
          false,
          "Keep batches on disk while the collector cannot be reached, also across restarts");
  private static final ConfigKey<String> DIR =
      ConfigKey.text(
          "buffer.dir",
          "",
          "Directory of the disk buffer, on a local disk; several JVMs may share it; unset:"
              + " `otlp-agent-` with the name of the user, in the directory for temporary"
              + " files");
  private static final ConfigKey<Long> MAX_BYTES =
      ConfigKey.bytes(
          "buffer.max_bytes",
          "256MiB",
          "Maximum size of the disk buffer of one JVM, at least 64KiB; beyond it the oldest"
              + " spans are dropped and counted");
  private static final ConfigKey<Long> MAX_AGE =
      ConfigKey.duration(
          "buffer.max_age",
          "24h",
          "Maximum age of spans in the disk buffer; older spans are dropped and counted");
  private static final ConfigKey<Long> SHUTDOWN_TIMEOUT =
      ConfigKey.duration(
          "shutdown.timeout",
          "5s",
          "Maximum time that the exit of the JVM waits for the last spans, including those of"
              + " requests that end meanwhile; 0 does not wait");

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(ENABLED, DIR, MAX_BYTES, MAX_AGE, SHUTDOWN_TIMEOUT);

  private final boolean enabled;
  private final String dir;
  private final long maxBytes;
  private final long maxAgeMillis;
  private final long shutdownTimeoutNanos;

  public BufferConfig(ConfigValues values) {
    enabled = values.get(ENABLED);
    dir = values.get(DIR);
    maxBytes = values.get(MAX_BYTES);
    maxAgeMillis = TimeUnit.NANOSECONDS.toMillis(values.get(MAX_AGE));
    shutdownTimeoutNanos = values.get(SHUTDOWN_TIMEOUT);
  }

  public boolean enabled() {
    return enabled;
  }

  /** A path; empty for the standard place. */
  public String dir() {
    return dir;
  }

  /** The most that the files of one JVM take. */
  public long maxBytes() {
    return maxBytes;
  }

  /** After how many milliseconds spans on disk are of no use any more. */
  public long maxAgeMillis() {
    return maxAgeMillis;
  }

  /** The longest that the exit of the JVM waits for the last spans. */
  public long shutdownTimeoutNanos() {
    return shutdownTimeoutNanos;
  }
}
