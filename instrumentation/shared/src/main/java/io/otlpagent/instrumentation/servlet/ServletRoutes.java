package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.semconv.http.RouteSource;
import io.otlpagent.instrumentation.util.WeakMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the route of a request from the mapping of its servlet, until a framework knows better.
 * Called on the container's threads.
 *
 * @param <S> the servlet
 * @param <Q> the request
 */
public final class ServletRoutes<S, Q> {

  /** What differs between the servlet APIs about mappings. Stateless. */
  public interface Source<S, Q> {

    /** The patterns of a servlet. Called once a servlet. */
    ServletMappings mappings(S servlet);

    /** Whether the request's path is what led to the servlet, not a forward or an error. */
    boolean mapped(Q request);

    @Nullable String contextPath(Q request);

    @Nullable String servletPath(Q request);

    @Nullable String pathInfo(Q request);
  }

  /** Buckets: an application has few servlets. */
  private static final int SERVLETS = 64;

  private final WeakMap<S, ServletMappings> mappings = new WeakMap<>(SERVLETS);
  private final Source<S, Q> source;

  public ServletRoutes(Source<S, Q> source) {
    this.source = source;
  }

  /** Says which servlet handles the request of this thread. */
  public void update(S servlet, Q request) {
    HttpServerSpan span = HttpServerInstrumenter.current();
    if (span == null || span.route() != null || !source.mapped(request)) {
      return;
    }
    ServletMappings known = mappings.get(servlet);
    if (known == null) {
      known = source.mappings(servlet);
      mappings.put(servlet, known);
    }
    String servletPath = source.servletPath(request);
    String pattern = known.match(servletPath, source.pathInfo(request));
    if (pattern == null && !known.matchesAll()) {
      return;
    }
    String path = source.contextPath(request);
    String context = path == null ? "" : path;
    HttpServerInstrumenter.route(
        RouteSource.SERVLET, context, pattern == null ? ServletMappings.ALL : pattern);
    if (pattern != null && servletPath != null && ServletMappings.isOfPages(pattern)) {
      HttpServerInstrumenter.page(known.pages(), context + servletPath);
    }
  }
}
