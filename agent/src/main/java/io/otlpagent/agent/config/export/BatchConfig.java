package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.Arrays;
import java.util.List;

/** How ended spans are queued and sent: the block {@code batch}. Immutable. */
public final class BatchConfig {

  private static final ConfigKey<Integer> MAX_SIZE =
      ConfigKey.integer(
              "batch.max_size",
              "512",
              1,
              1048576,
              "Maximum number of spans per export request",
              "otel.bsp.max.export.batch.size")
          .live();
  private static final ConfigKey<Long> TIMEOUT =
      ConfigKey.duration(
              "batch.timeout",
              "5s",
              "Maximum time that a span waits for its batch to fill up; 0 sends spans at once, at"
                  + " most 10 times per second unless batches are full",
              "otel.bsp.schedule.delay")
          .live();
  private static final ConfigKey<Integer> MAX_QUEUE_SIZE =
      ConfigKey.integer(
          "batch.max_queue_size",
          "2048",
          2,
          1048576,
          "Maximum number of spans that wait for export; further spans are dropped and counted",
          "otel.bsp.max.queue.size");

  public static final List<ConfigKey<?>> KEYS = Arrays.asList(MAX_SIZE, TIMEOUT, MAX_QUEUE_SIZE);

  private final int maxSize;
  private final long timeoutNanos;
  private final int maxQueueSize;

  public BatchConfig(ConfigValues values) {
    int size = values.get(MAX_SIZE);
    maxQueueSize = values.get(MAX_QUEUE_SIZE);
    if (size > maxQueueSize) {
      values.warn(
          "batch.max_size "
              + size
              + " is more than batch.max_queue_size "
              + maxQueueSize
              + "; batches of "
              + maxQueueSize
              + " are sent");
    }
    maxSize = Math.min(size, maxQueueSize);
    timeoutNanos = values.get(TIMEOUT);
  }

  /** Spans of one export request; at most {@link #maxQueueSize()}. */
  public int maxSize() {
    return maxSize;
  }

  /** The longest that a span waits for its batch to fill up. */
  public long timeoutNanos() {
    return timeoutNanos;
  }

  public int maxQueueSize() {
    return maxQueueSize;
  }
}
