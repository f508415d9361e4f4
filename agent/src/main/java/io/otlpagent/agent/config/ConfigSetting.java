package io.otlpagent.agent.config;

import java.util.Map;

/** One setting as it is in force: its value and where it comes from. Immutable. */
public final class ConfigSetting {

  static final String DEFAULT = "default";

  private static final String MASK = "***";

  private final String path;
  private final String value;
  private final String origin;
  private final String raw;

  /**
   * @param value for human eyes, secrets masked
   * @param raw as it is, to be compared and never shown
   */
  ConfigSetting(String path, String value, String origin, String raw) {
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

  boolean sameAs(ConfigSetting other) {
    return raw.equals(other.raw);
  }

  @Override
  public String toString() {
    return path + " = " + value + " (" + origin + ")";
  }

  /** The names alone. */
  static String masked(Map<String, String> pairs) {
    StringBuilder text = new StringBuilder();
    for (String name : pairs.keySet()) {
      text.append(text.length() == 0 ? "" : ",").append(name).append('=').append(MASK);
    }
    return text.toString();
  }

  /** The value for human eyes. */
  static String shown(ConfigKey key, String value) {
    return key.path().endsWith("endpoint") || value.indexOf("://") >= 0
        ? withoutPassword(value)
        : value;
  }

  /**
   * Masks user, password and query of a URL such as {@code http://user:password@host?key=x}, also
   * if its scheme is missing.
   */
  static String withoutPassword(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int end = url.lastIndexOf('@');
    String masked = end < start ? url : url.substring(0, start) + MASK + url.substring(end);
    int query = masked.indexOf('?', start);
    return query < 0 ? masked : masked.substring(0, query + 1) + MASK;
  }
}
