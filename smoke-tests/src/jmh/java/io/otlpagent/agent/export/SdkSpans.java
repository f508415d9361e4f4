package io.otlpagent.agent.export;

import com.google.protobuf.ByteString;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The spans of a request once more, as the OpenTelemetry SDK makes them. */
final class SdkSpans implements SpanProcessor, IdGenerator {

  private final List<SpanData> ended = new ArrayList<>();
  private Span next = Span.getDefaultInstance();

  private SdkSpans() {}

  static List<SpanData> of(ExportTraceServiceRequest request) {
    SdkSpans spans = new SdkSpans();
    ResourceSpans resourceSpans = request.getResourceSpans(0);
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setIdGenerator(spans)
            .addSpanProcessor(spans)
            .setResource(
                Resource.create(
                    attributes(resourceSpans.getResource().getAttributesList()),
                    resourceSpans.getSchemaUrl()))
            .build();
    for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
      Tracer tracer =
          provider
              .tracerBuilder(scopeSpans.getScope().getName())
              .setInstrumentationVersion(scopeSpans.getScope().getVersion())
              .setSchemaUrl(scopeSpans.getSchemaUrl())
              .build();
      scopeSpans.getSpansList().forEach(span -> spans.make(tracer, span));
    }
    return spans.ended;
  }

  private void make(Tracer tracer, Span span) {
    next = span;
    SpanBuilder builder =
        tracer
            .spanBuilder(span.getName())
            .setParent(parent(span))
            .setSpanKind(SpanKind.valueOf(span.getKind().name().substring("SPAN_KIND_".length())))
            .setStartTimestamp(span.getStartTimeUnixNano(), TimeUnit.NANOSECONDS);
    // One after the other, as instrumentations do.
    attributes(span.getAttributesList()).forEach((key, value) -> put(builder, key, value));
    io.opentelemetry.api.trace.Span made = builder.startSpan();
    for (Span.Event event : span.getEventsList()) {
      made.addEvent(
          event.getName(),
          attributes(event.getAttributesList()),
          event.getTimeUnixNano(),
          TimeUnit.NANOSECONDS);
    }
    if (span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR) {
      made.setStatus(StatusCode.ERROR, span.getStatus().getMessage());
    }
    made.end(span.getEndTimeUnixNano(), TimeUnit.NANOSECONDS);
  }

  private static Context parent(Span span) {
    if (span.getParentSpanId().isEmpty()) {
      return Context.root();
    }
    String traceId = hex(span.getTraceId());
    String spanId = hex(span.getParentSpanId());
    boolean remote = (span.getFlags() & 0x200) != 0;
    TraceFlags flags = TraceFlags.fromByte((byte) span.getFlags());
    SpanContext parent =
        remote
            ? SpanContext.createFromRemoteParent(traceId, spanId, flags, TraceState.getDefault())
            : SpanContext.create(traceId, spanId, flags, TraceState.getDefault());
    return Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent));
  }

  private static Attributes attributes(List<KeyValue> pairs) {
    AttributesBuilder attributes = Attributes.builder();
    for (KeyValue pair : pairs) {
      if (pair.getValue().hasIntValue()) {
        attributes.put(pair.getKey(), pair.getValue().getIntValue());
      } else {
        attributes.put(pair.getKey(), pair.getValue().getStringValue());
      }
    }
    return attributes.build();
  }

  @SuppressWarnings("unchecked") // A key is of the type of its value.
  private static void put(SpanBuilder builder, AttributeKey<?> key, Object value) {
    builder.setAttribute((AttributeKey<Object>) key, value);
  }

  @Override
  public String generateSpanId() {
    return hex(next.getSpanId());
  }

  @Override
  public String generateTraceId() {
    return hex(next.getTraceId());
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public void onStart(Context context, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }
}
