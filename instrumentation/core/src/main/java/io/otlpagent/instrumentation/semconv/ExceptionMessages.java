package io.otlpagent.instrumentation.semconv;

/** What spans have of the messages of exceptions. */
public enum ExceptionMessages {
  /** The sentence, without the values that a database or a request has put into it. */
  REDACTED,
  /** Nothing: types and frames alone. */
  OMITTED,
  /** The message as it is. */
  FULL
}
