package io.otlpagent.agent.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * The labels of a sample, ready to be written. Immutable. An absent attribute is an absent label,
 * which for Prometheus is the same as an empty one.
 */
public final class Labels {

  public static final Labels NONE = new Labels("");

  private final String text;

  private Labels(String text) {
    this.text = text;
  }

  public static Labels of(String name, @Nullable Object value) {
    return NONE.and(name, value);
  }

  /**
   * These labels and another one.
   *
   * @param name of the attribute; its dots become underscores
   * @param value null if the attribute is absent
   */
  public Labels and(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    StringBuilder more = new StringBuilder(text.length() + 32).append(text);
    more.append(text.isEmpty() ? "" : ",").append(MetricsWriter.name(name)).append("=\"");
    return new Labels(MetricsWriter.escape(more, value.toString(), true).append('"').toString());
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "{" + text + "}";
  }
}
