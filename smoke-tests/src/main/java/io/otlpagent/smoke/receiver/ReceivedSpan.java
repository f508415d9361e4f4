package io.otlpagent.smoke.receiver;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A span as it arrived.
 *
 * @param kind in the words of the specification: SERVER, CLIENT, INTERNAL, ...
 * @param parentId empty for a root
 * @param attributes in the order received; values as text, lists in brackets
 */
public record ReceivedSpan(
    String traceId,
    String id,
    String parentId,
    String name,
    String kind,
    long startEpochNanos,
    long endEpochNanos,
    boolean error,
    String statusMessage,
    String scope,
    Map<String, String> resource,
    Map<String, String> attributes) {

  private static final String KIND_PREFIX = "SPAN_KIND_";

  static ReceivedSpan of(Span span, String scope, Map<String, String> resource) {
    return new ReceivedSpan(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getKind().name().substring(KIND_PREFIX.length()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        span.getStatus().getMessage(),
        scope,
        resource,
        attributes(span.getAttributesList()));
  }

  public String service() {
    return resource.getOrDefault("service.name", "");
  }

  /** The value of an attribute; empty if it is not there. */
  public String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  public long durationNanos() {
    return endEpochNanos - startEpochNanos;
  }

  static Map<String, String> attributes(List<KeyValue> list) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (KeyValue attribute : list) {
      attributes.put(attribute.getKey(), text(attribute.getValue()));
    }
    return attributes;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream()
              .map(ReceivedSpan::text)
              .collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
