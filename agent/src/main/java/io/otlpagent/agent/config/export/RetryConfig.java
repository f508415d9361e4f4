package io.otlpagent.agent.config.export;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.Arrays;
import java.util.List;

/** How often a failed export is tried again: the block {@code otlp.retry}. Immutable. */
public final class RetryConfig {

  private static final ConfigKey<Integer> MAX_RETRIES =
      ConfigKey.integer(
              "otlp.retry.max_retries",
              "3",
              0,
              100,
              "Maximum number of retries of an export request that may have reached the collector;"
                  + " 0 disables retries")
          .live();
  private static final ConfigKey<Long> INITIAL_DELAY =
      ConfigKey.duration(
              "otlp.retry.initial_delay",
              "100ms",
              "Upper bound of the random delay before the first retry")
          .live();
  private static final ConfigKey<Long> MAX_DELAY =
      ConfigKey.duration(
              "otlp.retry.max_delay", "30s", "Upper bound of the random delay before any retry")
          .live();
  private static final ConfigKey<Double> MULTIPLIER =
      ConfigKey.decimal(
              "otlp.retry.multiplier",
              "2.0",
              1,
              100,
              "Factor by which the upper bound of the delay grows after each retry")
          .live();

  private static final ConfigKey<Long> MAX_ELAPSED =
      ConfigKey.duration(
              "otlp.retry.max_elapsed",
              "60s",
              "Maximum time from the first attempt to send a batch to the start of the last one,"
                  + " also while the collector cannot be reached; 0 is no limit",
              "otel.bsp.export.timeout")
          .live();

  private static final ConfigKey<Boolean> DISABLED =
      ConfigKey.bool(
              "otel.java.exporter.otlp.retry.disabled",
              false,
              "Disable retries; `true` limits each batch to one attempt, also while the collector"
                  + " cannot be reached, unless a stronger source sets `otlp.retry.max_retries`")
          .live();

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(MAX_RETRIES, INITIAL_DELAY, MAX_DELAY, MULTIPLIER, MAX_ELAPSED, DISABLED);

  private final boolean disabled;
  private final int maxRetries;
  private final long initialDelayNanos;
  private final long maxDelayNanos;
  private final double multiplier;
  private final long maxElapsedNanos;

  RetryConfig(ConfigValues values) {
    boolean wished = values.get(DISABLED);
    disabled = wished && !values.stronger(MAX_RETRIES, DISABLED);
    int allowed = values.get(MAX_RETRIES);
    maxRetries = disabled ? 0 : allowed;
    if (disabled) {
      values.derived(MAX_RETRIES.path(), "0", values.origin(DISABLED));
    }
    initialDelayNanos = values.get(INITIAL_DELAY);
    maxDelayNanos = values.get(MAX_DELAY);
    multiplier = values.get(MULTIPLIER);
    maxElapsedNanos = values.get(MAX_ELAPSED);
  }

  /** Whether nothing is tried twice, not even what did not reach the collector. */
  public boolean disabled() {
    return disabled;
  }

  /** Attempts after the first, those not counted that did not reach the collector. */
  public int maxRetries() {
    return maxRetries;
  }

  /** Upper bound of the random wait before the first retry. */
  public long initialDelayNanos() {
    return initialDelayNanos;
  }

  /** Upper bound of the wait before any retry. */
  public long maxDelayNanos() {
    return maxDelayNanos;
  }

  /** By how much the bound grows each time. */
  public double multiplier() {
    return multiplier;
  }

  /** How long after the first attempt with a batch the last may begin; 0 is no limit. */
  public long maxElapsedNanos() {
    return maxElapsedNanos;
  }
}
