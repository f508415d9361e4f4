package io.otlpagent.instrumentation.propagation;

import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import org.jspecify.annotations.Nullable;

/** Spans of requests, and the headers that pass them on. */
final class TestSpans {

  private TestSpans() {}

  static Span started(Sampler sampler, @Nullable SpanContext parent, @Nullable String baggage) {
    Span span = new TestSpan();
    new Tracer(sampler, new IdGenerator(1, 2), new TimeSource(), new SpanCounters(), ended -> {})
        .startRemote(span, parent, baggage);
    return span;
  }

  static TestHeaders inject(Span span) {
    TestHeaders headers = TestHeaders.of();
    Propagation.inject(span, headers, headers);
    return headers;
  }

  static @Nullable SpanContext extract(String... namesAndValues) {
    TestHeaders headers = TestHeaders.of(namesAndValues);
    return Propagation.extract(headers, headers);
  }

  static @Nullable String extractBaggage(String... namesAndValues) {
    TestHeaders headers = TestHeaders.of(namesAndValues);
    return Propagation.extractBaggage(headers, headers);
  }

  private static final class TestSpan extends Span {

    TestSpan() {
      super(InstrumentationScope.of("test"), SpanKind.SERVER);
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {}
  }
}
