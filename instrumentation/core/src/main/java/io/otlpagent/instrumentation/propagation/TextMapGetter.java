package io.otlpagent.instrumentation.propagation;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of a received message. Stateless; names are lower case and must be compared
 * without regard to case.
 *
 * @param <C> the message
 */
public interface TextMapGetter<C> {

  /** The first value of a header; null if the message has none. */
  @Nullable String first(C carrier, String name);

  /** All values of a header in the order of the message; null or empty if it has none. */
  @Nullable Enumeration<String> all(C carrier, String name);

  /** The names of all headers, in any case; null if the message cannot tell. */
  default @Nullable Enumeration<String> names(C carrier) {
    return null;
  }
}
