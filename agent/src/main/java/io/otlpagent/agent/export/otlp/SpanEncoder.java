package io.otlpagent.agent.export.otlp;

import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one span as a field of {@code ScopeSpans}. Used by the exporter thread.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 */
final class SpanEncoder {

  private static final AttributeKey EXCEPTION_TYPE = AttributeKey.of("exception.type");
  private static final AttributeKey EXCEPTION_MESSAGE = AttributeKey.of("exception.message");
  private static final AttributeKey EXCEPTION_STACKTRACE = AttributeKey.of("exception.stacktrace");

  private static final int W3C_FLAGS = 0xFF;

  private final ProtoBuffer buffer;
  private final NameEncoder names;
  private final AttributeEncoder attributes;
  private final int maxEvents;
  private final int maxEventAttributes;

  SpanEncoder(ProtoBuffer buffer, AttributeLimits limits) {
    this.buffer = buffer;
    this.names = new NameEncoder(buffer);
    this.attributes = new AttributeEncoder(buffer, limits);
    this.maxEvents = limits.eventCount();
    this.maxEventAttributes = limits.eventAttributeCount();
  }

  void encode(Span span) {
    int start = buffer.begin(OtlpFields.SCOPE_SPANS_SPANS, 2);
    identity(span);
    name(span.name());
    buffer.varintField(OtlpFields.SPAN_KIND, span.kind().number());
    buffer.fixed64Field(OtlpFields.SPAN_START, span.startEpochNanos());
    buffer.fixed64Field(OtlpFields.SPAN_END, span.endEpochNanos());
    attributes.begin(OtlpFields.SPAN_ATTRIBUTES);
    span.writeAttributes(attributes);
    droppedAttributes(OtlpFields.SPAN_DROPPED_ATTRIBUTES);
    events(span.exception());
    if (span.failed()) {
      status(span.statusMessage());
    }
    buffer.end(start, 2);
  }

  private void identity(Span span) {
    buffer.idField(OtlpFields.SPAN_TRACE_ID, span.traceIdHigh(), span.traceIdLow());
    buffer.idField(OtlpFields.SPAN_SPAN_ID, span.spanId());
    text(OtlpFields.SPAN_TRACE_STATE, span.traceState());
    if (span.parentSpanId() != 0) {
      buffer.idField(OtlpFields.SPAN_PARENT_SPAN_ID, span.parentSpanId());
    }
    int flags = (span.flags() & W3C_FLAGS) | OtlpFields.FLAGS_HAS_IS_REMOTE;
    if (span.parentRemote()) {
      flags |= OtlpFields.FLAGS_IS_REMOTE;
    }
    buffer.fixed32Field(OtlpFields.SPAN_FLAGS, flags);
  }

  /** A span has one event at most. */
  private void events(@Nullable SpanException exception) {
    if (exception == null) {
      return;
    }
    if (maxEvents > 0) {
      event(exception);
    } else {
      buffer.varintField(OtlpFields.SPAN_DROPPED_EVENTS, 1);
    }
  }

  private void event(SpanException exception) {
    int start = buffer.begin(OtlpFields.SPAN_EVENTS, 2);
    buffer.fixed64Field(OtlpFields.EVENT_TIME, exception.epochNanos());
    buffer.stringField(OtlpFields.EVENT_NAME, "exception");
    attributes.begin(OtlpFields.EVENT_ATTRIBUTES, maxEventAttributes);
    attributes.put(EXCEPTION_TYPE, exception.type());
    attributes.put(EXCEPTION_MESSAGE, exception.message());
    attributes.put(EXCEPTION_STACKTRACE, exception.stackTrace());
    droppedAttributes(OtlpFields.EVENT_DROPPED_ATTRIBUTES);
    buffer.end(start, 2);
  }

  private void status(@Nullable String message) {
    int start = buffer.begin(OtlpFields.SPAN_STATUS, 1);
    text(OtlpFields.STATUS_MESSAGE, message);
    buffer.varintField(OtlpFields.STATUS_CODE, OtlpFields.STATUS_CODE_ERROR);
    buffer.end(start, 1);
  }

  private void droppedAttributes(int field) {
    if (attributes.dropped() > 0) {
      buffer.varintField(field, attributes.dropped());
    }
  }

  private void name(String name) {
    if (!name.isEmpty()) {
      names.put(OtlpFields.SPAN_NAME, name);
    }
  }

  /** A state or message; not an attribute, so only the length that nothing exceeds applies. */
  private void text(int field, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      buffer.stringField(field, text, AttributeLimits.DEFAULT.keep(text));
    }
  }
}
