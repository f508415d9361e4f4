package io.otlpagent.instrumentation.trace;

import org.jspecify.annotations.Nullable;

/**
 * What is current on a thread, and goes with a task to another one: a span, or an object that
 * carries more in addition to one, such as the application's own context. It belongs to whoever
 * made it current; a task that it was handed over with may ask it on any thread.
 */
public interface ContextEntry {

  /** The span that is current with it; null if it carries other things outside any trace. */
  @Nullable Span span();
}
