package io.otlpagent.agent.metrics;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of a point. Immutable; an absent attribute is not there. */
public final class Labels {

  public static final Labels NONE = new Labels(new AttributeKey[0], new Object[0]);

  private final AttributeKey[] keys;
  private final Object[] values;

  private Labels(AttributeKey[] keys, Object[] values) {
    this.keys = keys;
    this.values = values;
  }

  public static Labels of(String name, @Nullable Object value) {
    return NONE.and(name, value);
  }

  /** Those of a series of a histogram, whose values are in the order of the keys. */
  public static Labels of(List<AttributeKey> keys, @Nullable Object[] values) {
    AttributeKey[] present = new AttributeKey[values.length];
    Object[] theirs = new Object[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        present[count] = keys.get(i);
        theirs[count++] = value;
      }
    }
    return new Labels(Arrays.copyOf(present, count), Arrays.copyOf(theirs, count));
  }

  /**
   * These attributes and another one.
   *
   * @param value a number, a boolean or a text; null if the attribute is absent
   */
  public Labels and(String name, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    AttributeKey[] more = Arrays.copyOf(keys, keys.length + 1);
    Object[] theirs = Arrays.copyOf(values, values.length + 1);
    more[keys.length] = AttributeKey.of(name);
    theirs[values.length] = value;
    return new Labels(more, theirs);
  }

  public int size() {
    return keys.length;
  }

  public AttributeKey key(int position) {
    return keys[position];
  }

  public Object value(int position) {
    return values[position];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Labels) || !Arrays.equals(values, ((Labels) other).values)) {
      return false;
    }
    AttributeKey[] theirs = ((Labels) other).keys;
    for (int i = 0; i < keys.length; i++) {
      if (!keys[i].name().equals(theirs[i].name())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < keys.length; i++) {
      text.append(i == 0 ? "" : ", ").append(keys[i].name()).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }
}
