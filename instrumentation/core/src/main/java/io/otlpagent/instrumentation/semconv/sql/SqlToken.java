package io.otlpagent.instrumentation.semconv.sql;

/** The kinds of tokens that {@link SqlLexer} finds. */
public enum SqlToken {
  SPACE,
  COMMENT,
  WORD,
  /** A name in quotes or brackets. */
  QUOTED,
  STRING,
  NUMBER,
  /** {@code ?}, {@code $1}, {@code :name}. */
  PLACEHOLDER,
  /** One character. */
  SYMBOL,
  /** A quote that is not closed, or of which it is not known where it is closed. */
  BROKEN,
  END
}
