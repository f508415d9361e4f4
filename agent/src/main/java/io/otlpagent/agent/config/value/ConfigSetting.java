package io.otlpagent.agent.config.value;

/** One setting as it is in force: its value and where it comes from. Immutable. */
public final class ConfigSetting {

  public static final String DEFAULT = "default";

  private final String path;
  private final String value;
  private final String origin;
  private final String raw;

  /**
   * @param value for human eyes, secrets masked
   * @param raw as it is, to be compared and never shown
   */
  public ConfigSetting(String path, String value, String origin, String raw) {
    this.path = path;
    this.value = value;
    this.origin = origin;
    this.raw = raw;
  }

  /** Where it stands in {@code config.yaml}, such as {@code batch.max_size}. */
  public String path() {
    return path;
  }

  /** The value in force, secrets masked; empty if there is none. */
  public String value() {
    return value;
  }

  /** Such as {@code environment variable OTEL_SERVICE_NAME}, or {@code default}. */
  public String origin() {
    return origin;
  }

  public boolean sameAs(ConfigSetting other) {
    return raw.equals(other.raw);
  }

  @Override
  public String toString() {
    return path + " = " + value + " (" + origin + ")";
  }
}
