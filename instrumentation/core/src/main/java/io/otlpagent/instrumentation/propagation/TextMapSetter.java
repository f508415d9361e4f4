package io.otlpagent.instrumentation.propagation;

/**
 * Writes the headers of a message to be sent. Stateless.
 *
 * @param <C> the message
 */
public interface TextMapSetter<C> {

  /** Sets a header, replacing all the values that it has. */
  void set(C carrier, String name, String value);

  /**
   * Leaves out a header that belongs to those that were set and has no value this time: what the
   * message has is of another trace. Does nothing unless it is overridden.
   */
  default void leaveOut(C carrier, String name) {}
}
