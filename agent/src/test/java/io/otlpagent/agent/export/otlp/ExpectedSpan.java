package io.otlpagent.agent.export.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The span that a request must hold, made by protobuf's own classes, the plain way. */
final class ExpectedSpan {

  private final int maxAttributes;
  private final int maxLength;
  private final int maxEvents;

  ExpectedSpan(int maxAttributes, int maxLength, int maxEvents) {
    this.maxAttributes = maxAttributes;
    this.maxLength = maxLength;
    this.maxEvents = maxEvents;
  }

  Span of(RandomSpans.Sample sample) {
    io.otlpagent.instrumentation.trace.Span span = sample.span();
    SpanContext remote = sample.parent();
    Span.Builder expected =
        Span.newBuilder()
            .setTraceId(id(span.traceIdHigh(), span.traceIdLow()))
            .setSpanId(id(span.spanId()))
            .setFlags(span.flags() | 0x100 | (remote == null ? 0 : 0x200))
            .setName(text(span.name(), AttributeLimits.MAX_VALUE_LENGTH))
            .setKindValue(span.kind().number())
            .setStartTimeUnixNano(span.startEpochNanos())
            .setEndTimeUnixNano(span.endEpochNanos());
    if (remote != null) {
      expected
          .setTraceId(id(remote.traceIdHigh(), remote.traceIdLow()))
          .setParentSpanId(id(remote.spanId()));
      if (remote.traceState() != null) {
        expected.setTraceState(text(remote.traceState(), AttributeLimits.MAX_VALUE_LENGTH));
      }
    } else if (span.parentSpanId() != 0) {
      expected.setParentSpanId(id(span.parentSpanId()));
    }
    attributes(sample.attributes(), expected);
    if (span.exception() != null) {
      event(span.exception(), expected);
    }
    if (span.failed()) {
      expected.setStatus(status(span.statusMessage()));
    }
    return expected.build();
  }

  private void attributes(List<RandomSpans.Attribute> attributes, Span.Builder expected) {
    List<KeyValue> all = new ArrayList<>();
    for (RandomSpans.Attribute attribute : attributes) {
      Object value = attribute.value();
      if (value != null && !value.equals("") && !value.equals(List.of())) {
        all.add(pair(attribute.key().name(), any(value)));
      }
    }
    expected
        .addAllAttributes(all.subList(0, Math.min(maxAttributes, all.size())))
        .setDroppedAttributesCount(Math.max(0, all.size() - maxAttributes));
  }

  private void event(SpanException exception, Span.Builder expected) {
    if (maxEvents == 0) {
      expected.setDroppedEventsCount(1);
      return;
    }
    List<KeyValue> all = new ArrayList<>();
    all.add(pair("exception.type", any(exception.type())));
    String message = exception.message();
    if (message != null && !message.isEmpty()) {
      all.add(pair("exception.message", any(message)));
    }
    all.add(pair("exception.stacktrace", any(exception.stackTrace())));
    expected.addEvents(
        Span.Event.newBuilder()
            .setName("exception")
            .setTimeUnixNano(exception.epochNanos())
            .addAllAttributes(all.subList(0, Math.min(maxAttributes, all.size())))
            .setDroppedAttributesCount(Math.max(0, all.size() - maxAttributes)));
  }

  private static Status status(@Nullable String message) {
    return Status.newBuilder()
        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
        .setMessage(message == null ? "" : text(message, AttributeLimits.MAX_VALUE_LENGTH))
        .build();
  }

  private AnyValue any(@Nullable Object value) {
    if (value instanceof Long number) {
      return AnyValue.newBuilder().setIntValue(number).build();
    }
    if (value instanceof Boolean bool) {
      return AnyValue.newBuilder().setBoolValue(bool).build();
    }
    if (value instanceof List<?> list) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      list.forEach(element -> array.addValues(any(element)));
      return AnyValue.newBuilder().setArrayValue(array).build();
    }
    String text = value == null ? "" : text(value.toString(), maxLength);
    return AnyValue.newBuilder().setStringValue(text).build();
  }

  /** Cut, but not between the halves of a pair; a half that stands alone is replaced. */
  private static String text(String text, int maxLength) {
    String kept = text;
    if (text.length() > maxLength) {
      boolean inPair = maxLength > 0 && Character.isHighSurrogate(text.charAt(maxLength - 1));
      kept = text.substring(0, inPair ? maxLength - 1 : maxLength);
    }
    StringBuilder valid = new StringBuilder();
    kept.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .forEach(valid::appendCodePoint);
    return valid.toString();
  }

  private static KeyValue pair(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString id(long... parts) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * parts.length);
    Arrays.stream(parts).forEach(bytes::putLong);
    return ByteString.copyFrom(bytes.flip());
  }
}
