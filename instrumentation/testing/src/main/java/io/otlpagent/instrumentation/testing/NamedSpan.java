package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;

/** A span with a name and nothing else. */
public final class NamedSpan extends Span {

  private static final InstrumentationScope SCOPE = InstrumentationScope.of("test");

  private final String name;

  public NamedSpan(String name, SpanKind kind) {
    super(SCOPE, kind);
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {}
}
