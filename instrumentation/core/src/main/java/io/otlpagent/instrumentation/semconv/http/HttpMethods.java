package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import org.jspecify.annotations.Nullable;

/**
 * Request methods as the conventions name them: the known ones as they are, all others as one.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/">HTTP
 *     attributes: http.request.method</a>
 */
public final class HttpMethods {

  /** The value of {@code http.request.method} for a method that is not known. */
  public static final String OTHER = "_OTHER";

  private static final String NAME_OF_OTHER = "HTTP";

  private HttpMethods() {}

  /** The value of {@code http.request.method}; methods are compared as written (RFC 9110, 9.1). */
  public static String known(@Nullable String method) {
    return method != null && SemconvSettings.installed().knownMethods().contains(method)
        ? method
        : OTHER;
  }

  /**
   * The name of a span.
   *
   * @param known the result of {@link #known}
   * @param target a route or a template; null if there is none of low cardinality
   */
  public static String spanName(String known, @Nullable String target) {
    String method = known.equals(OTHER) ? NAME_OF_OTHER : known;
    return target == null ? method : method + ' ' + target;
  }
}
