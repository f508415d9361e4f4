package io.otlpagent.instrumentation.tasks;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/** The thread that hands a task over, and the span that goes with the task. */
public final class Submitter {

  private static final InstrumentationScope SCOPE = InstrumentationScope.of("executors");

  private Submitter() {}

  /** Null outside any span, and while the operator has switched the hand-over off. */
  public static @Nullable Span span() {
    Span span = Context.current();
    return span == null || SCOPE.enabled() ? span : null;
  }
}
