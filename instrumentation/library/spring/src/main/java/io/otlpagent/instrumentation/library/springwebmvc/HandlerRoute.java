package io.otlpagent.instrumentation.library.springwebmvc;

import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.RouteSource;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import org.jspecify.annotations.Nullable;

/** The route as Spring MVC found it, from the root of the server. */
final class HandlerRoute {

  /** {@code HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE}, which mappings set when they match. */
  static final String BEST_MATCHING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private static final InstrumentationScope SCOPE = InstrumentationScope.of("spring-webmvc");

  private HandlerRoute() {}

  /**
   * Tells the span of the request.
   *
   * @param pattern a string, or null if the mapping knows none
   * @param contextPath where the application is mounted
   * @param servletPath where the dispatcher is mounted; empty if it gets all requests
   */
  static void update(
      @Nullable Object pattern, @Nullable String contextPath, @Nullable String servletPath) {
    if (pattern instanceof String && SCOPE.enabled()) {
      HttpServerInstrumenter.route(
          RouteSource.CONTROLLER, joined(contextPath, servletPath), (String) pattern);
    }
  }

  private static String joined(@Nullable String contextPath, @Nullable String servletPath) {
    if (contextPath == null || contextPath.isEmpty()) {
      return servletPath == null ? "" : servletPath;
    }
    return servletPath == null || servletPath.isEmpty() ? contextPath : contextPath + servletPath;
  }
}
