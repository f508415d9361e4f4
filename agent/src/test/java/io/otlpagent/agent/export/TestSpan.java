package io.otlpagent.agent.export;

import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.function.Consumer;

/** A span with the name and the attributes that a test wants. */
public final class TestSpan extends Span {

  public static final InstrumentationScope SCOPE = InstrumentationScope.of("test");

  private final String name;
  private final Consumer<AttributeWriter> attributes;

  public TestSpan(String name) {
    this(SCOPE, SpanKind.INTERNAL, name, writer -> {});
  }

  public TestSpan(
      InstrumentationScope scope,
      SpanKind kind,
      String name,
      Consumer<AttributeWriter> attributes) {
    super(scope, kind);
    this.name = name;
    this.attributes = attributes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    attributes.accept(writer);
  }
}
