package io.otlpagent.instrumentation.trace;

/**
 * The part of the agent that made a span: one constant an instrumentation. Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/common/instrumentation-scope/">
 *     Instrumentation scope</a>
 */
public final class InstrumentationScope {

  private final String name;

  private InstrumentationScope(String name) {
    this.name = name;
  }

  /** The scope of one instrumentation; {@code module} is its short name, such as {@code jdbc}. */
  public static InstrumentationScope of(String module) {
    return new InstrumentationScope("io.otlpagent." + module);
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
