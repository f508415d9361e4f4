package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.propagation.TextMapSetter;

/**
 * Writes the trace into headers that are the application's own, which is to find them as it left
 * them: {@link InjectedHeaders} puts them back. Stateless.
 *
 * @param <C> what has the headers
 */
public interface HeaderEditor<C> extends TextMapSetter<C> {

  /** Whether there is a header of a name, in whatever case it is written. */
  boolean has(C carrier, String name);

  /** Removes all values of a header. */
  void remove(C carrier, String name);

  @Override
  default void leaveOut(C carrier, String name) {
    remove(carrier, name);
  }

  /** All headers as they are, in their order. */
  Object copy(C carrier);

  /** Puts what {@link #copy} returned in place of all headers. */
  void restore(C carrier, Object copy);
}
