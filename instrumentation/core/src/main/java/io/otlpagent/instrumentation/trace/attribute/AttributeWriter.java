package io.otlpagent.instrumentation.trace.attribute;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the attributes of one span or one event. A null or empty string writes nothing, so a
 * span can offer what it may not have.
 */
public interface AttributeWriter {

  void put(AttributeKey key, @Nullable String value);

  void put(AttributeKey key, long value);

  void put(AttributeKey key, boolean value);

  void put(AttributeKey key, List<String> values);

  /** Attributes that do not change. */
  default void put(AttributeBlock block) {
    block.writeTo(this);
  }
}
