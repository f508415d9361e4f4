package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;

/** A call of a prepared statement whose parameters are wanted; all others do without the field. */
public final class ParameterizedDbSpan extends DbSpan {

  private final DbParameters parameters;

  private ParameterizedDbSpan(
      InstrumentationScope scope,
      DbConnection connection,
      DbOperation operation,
      DbParameters parameters) {
    super(scope, connection, true, operation, NO_BATCH);
    this.parameters = parameters;
  }

  /**
   * A span with parameters that do not change any more. Not a constructor: whoever calls one has
   * the JVM load this class to be verified.
   */
  public static DbSpan of(
      InstrumentationScope scope,
      DbConnection connection,
      DbOperation operation,
      DbParameters parameters) {
    return new ParameterizedDbSpan(scope, connection, operation, parameters);
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    super.writeAttributes(writer);
    // Last: if there are too many attributes, these are left out.
    parameters.writeTo(writer);
  }
}
