package io.otlpagent.instrumentation.propagation;

/**
 * Writes the headers of a message to be sent. Stateless.
 *
 * @param <C> the message
 */
public interface TextMapSetter<C> {

  /** Sets a header, replacing all the values that it has. */
  void set(C carrier, String name, String value);
}
