package io.otlpagent.agent.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the entity that makes the spans, in a fixed order. Values are strings and
 * longs. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/resource/sdk/">Resource SDK</a>
 */
public final class Resource {

  public static final Resource EMPTY = new Resource(new LinkedHashMap<>());

  private final Map<String, Object> attributes;

  private Resource(Map<String, Object> attributes) {
    this.attributes = Collections.unmodifiableMap(attributes);
  }

  /**
   * @param attributes values that are no Long are taken as strings; empty ones are left out
   */
  public static Resource of(Map<String, ?> attributes) {
    Map<String, Object> copy = new LinkedHashMap<>();
    attributes.forEach((key, value) -> copyTo(copy, key, value));
    return new Resource(copy);
  }

  private static void copyTo(Map<String, Object> target, String key, Object value) {
    if (value instanceof Long) {
      target.put(key, value);
    } else if (!key.isEmpty() && !value.toString().isEmpty()) {
      target.put(key, value.toString());
    }
  }

  public Map<String, Object> attributes() {
    return attributes;
  }

  /** The text of one attribute; null if it is absent. */
  public @Nullable String get(String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }

  /** This resource with the attributes of another, which win. */
  public Resource merge(Resource other) {
    Map<String, Object> merged = new LinkedHashMap<>(attributes);
    merged.putAll(other.attributes);
    return new Resource(merged);
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}
