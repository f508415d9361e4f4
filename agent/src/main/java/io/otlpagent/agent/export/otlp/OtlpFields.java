package io.otlpagent.agent.export.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.SpanFlags;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * The field numbers of OTLP. They are compile-time constants of the generated classes, which javac
 * copies into our encoder: no class of {@code opentelemetry-proto} is there when the agent runs.
 */
public final class OtlpFields {

  static final int REQUEST_RESOURCE_SPANS = ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER;

  static final int RESOURCE_SPANS_RESOURCE = ResourceSpans.RESOURCE_FIELD_NUMBER;
  static final int RESOURCE_SPANS_SCOPE_SPANS = ResourceSpans.SCOPE_SPANS_FIELD_NUMBER;
  static final int RESOURCE_SPANS_SCHEMA_URL = ResourceSpans.SCHEMA_URL_FIELD_NUMBER;

  static final int RESOURCE_ATTRIBUTES = Resource.ATTRIBUTES_FIELD_NUMBER;

  static final int SCOPE_SPANS_SCOPE = ScopeSpans.SCOPE_FIELD_NUMBER;
  static final int SCOPE_SPANS_SPANS = ScopeSpans.SPANS_FIELD_NUMBER;
  static final int SCOPE_SPANS_SCHEMA_URL = ScopeSpans.SCHEMA_URL_FIELD_NUMBER;

  static final int SCOPE_NAME = InstrumentationScope.NAME_FIELD_NUMBER;
  static final int SCOPE_VERSION = InstrumentationScope.VERSION_FIELD_NUMBER;

  static final int SPAN_TRACE_ID = Span.TRACE_ID_FIELD_NUMBER;
  static final int SPAN_SPAN_ID = Span.SPAN_ID_FIELD_NUMBER;
  static final int SPAN_TRACE_STATE = Span.TRACE_STATE_FIELD_NUMBER;
  static final int SPAN_PARENT_SPAN_ID = Span.PARENT_SPAN_ID_FIELD_NUMBER;
  static final int SPAN_FLAGS = Span.FLAGS_FIELD_NUMBER;
  static final int SPAN_NAME = Span.NAME_FIELD_NUMBER;
  static final int SPAN_KIND = Span.KIND_FIELD_NUMBER;
  static final int SPAN_START = Span.START_TIME_UNIX_NANO_FIELD_NUMBER;
  static final int SPAN_END = Span.END_TIME_UNIX_NANO_FIELD_NUMBER;
  static final int SPAN_ATTRIBUTES = Span.ATTRIBUTES_FIELD_NUMBER;
  static final int SPAN_DROPPED_ATTRIBUTES = Span.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER;
  static final int SPAN_EVENTS = Span.EVENTS_FIELD_NUMBER;
  static final int SPAN_DROPPED_EVENTS = Span.DROPPED_EVENTS_COUNT_FIELD_NUMBER;
  static final int SPAN_STATUS = Span.STATUS_FIELD_NUMBER;

  static final int FLAGS_HAS_IS_REMOTE = SpanFlags.SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK_VALUE;
  static final int FLAGS_IS_REMOTE = SpanFlags.SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK_VALUE;

  static final int EVENT_TIME = Span.Event.TIME_UNIX_NANO_FIELD_NUMBER;
  static final int EVENT_NAME = Span.Event.NAME_FIELD_NUMBER;
  static final int EVENT_ATTRIBUTES = Span.Event.ATTRIBUTES_FIELD_NUMBER;
  static final int EVENT_DROPPED_ATTRIBUTES = Span.Event.DROPPED_ATTRIBUTES_COUNT_FIELD_NUMBER;

  static final int STATUS_MESSAGE = Status.MESSAGE_FIELD_NUMBER;
  static final int STATUS_CODE = Status.CODE_FIELD_NUMBER;
  static final int STATUS_CODE_ERROR = Status.StatusCode.STATUS_CODE_ERROR_VALUE;

  static final int KEY_VALUE_KEY = KeyValue.KEY_FIELD_NUMBER;
  static final int KEY_VALUE_VALUE = KeyValue.VALUE_FIELD_NUMBER;
  static final int ANY_STRING = AnyValue.STRING_VALUE_FIELD_NUMBER;
  static final int ANY_BOOL = AnyValue.BOOL_VALUE_FIELD_NUMBER;
  static final int ANY_INT = AnyValue.INT_VALUE_FIELD_NUMBER;
  static final int ANY_ARRAY = AnyValue.ARRAY_VALUE_FIELD_NUMBER;
  static final int ARRAY_VALUES = ArrayValue.VALUES_FIELD_NUMBER;

  public static final int RESPONSE_PARTIAL_SUCCESS =
      ExportTraceServiceResponse.PARTIAL_SUCCESS_FIELD_NUMBER;
  public static final int PARTIAL_REJECTED_SPANS =
      ExportTracePartialSuccess.REJECTED_SPANS_FIELD_NUMBER;
  public static final int PARTIAL_ERROR_MESSAGE =
      ExportTracePartialSuccess.ERROR_MESSAGE_FIELD_NUMBER;

  private OtlpFields() {}
}
