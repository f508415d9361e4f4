package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An ended span with its attributes written out, as the exporter would see it. */
public final class RecordedSpan {

  private final Span span;
  private final Map<String, Object> attributes = new TreeMap<>();

  /** What a span says now. */
  public RecordedSpan(Span span) {
    this.span = span;
    span.writeAttributes(
        new AttributeWriter() {
          @Override
          public void put(AttributeKey key, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
              add(key, value);
            }
          }

          @Override
          public void put(AttributeKey key, long value) {
            add(key, value);
          }

          @Override
          public void put(AttributeKey key, boolean value) {
            add(key, value);
          }

          @Override
          public void put(AttributeKey key, List<String> values) {
            add(key, values);
          }
        });
  }

  private void add(AttributeKey key, Object value) {
    if (attributes.put(key.name(), value) != null) {
      throw new AssertionError("attribute " + key + " is written twice by " + span.name());
    }
  }

  public Span span() {
    return span;
  }

  public String name() {
    return span.name();
  }

  public SpanKind kind() {
    return span.kind();
  }

  public long spanId() {
    return span.spanId();
  }

  public long parentSpanId() {
    return span.parentSpanId();
  }

  public String traceId() {
    return String.format("%016x%016x", span.traceIdHigh(), span.traceIdLow());
  }

  /** By name, sorted; values are String, Long, Boolean or a List of String. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  public @Nullable Object attribute(String name) {
    return attributes.get(name);
  }

  public boolean isChildOf(RecordedSpan parent) {
    return parent.spanId() == parentSpanId() && parent.traceId().equals(traceId());
  }

  @Override
  public String toString() {
    return kind()
        + " '"
        + name()
        + "' "
        + attributes
        + (span.failed() ? " failed " + span.errorType() + " " + span.statusMessage() : "");
  }
}
