package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.servlet.AsyncRequest;
import io.otlpagent.instrumentation.servlet.ServletRequests;
import io.otlpagent.instrumentation.servlet.ServletRoutes;
import javax.servlet.Servlet;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Hands HTTP requests on to what both servlet APIs share; passes over all others. */
final class JavaxServlets {

  private static final JavaxServletAdapter ADAPTER = new JavaxServletAdapter();
  private static final ServletRequests<HttpServletRequest, HttpServletResponse> REQUESTS =
      new ServletRequests<>("servlet-javax", new JavaxServletGetter(), ADAPTER);
  private static final ServletRoutes<Servlet, HttpServletRequest> ROUTES =
      new ServletRoutes<>(new JavaxRouteSource());

  private JavaxServlets() {}

  /** What the end of an asynchronous request is told to. */
  static AsyncRequest<HttpServletRequest, HttpServletResponse> async(HttpServerSpan span) {
    return REQUESTS.async(span);
  }

  static Object container(HttpServletRequest request) {
    return ADAPTER.container(request);
  }

  static @Nullable Object service(
      Servlet servlet, @Nullable ServletRequest request, @Nullable ServletResponse response) {
    Object entered = doFilter(request, response);
    if (request instanceof HttpServletRequest) {
      try {
        ROUTES.update(servlet, (HttpServletRequest) request);
      } catch (Throwable e) {
        // An application's wrapper failed, with whatever it likes: there is no route. What was
        // entered must be left again, so it is returned.
      }
    }
    return entered;
  }

  static @Nullable Object doFilter(
      @Nullable ServletRequest request, @Nullable ServletResponse response) {
    return request instanceof HttpServletRequest && response instanceof HttpServletResponse
        ? REQUESTS.enter((HttpServletRequest) request, (HttpServletResponse) response)
        : null;
  }

  static void exit(
      @Nullable Object entered,
      @Nullable ServletRequest request,
      @Nullable ServletResponse response,
      @Nullable Throwable thrown) {
    // Entered only with both of HTTP.
    if (entered != null
        && request instanceof HttpServletRequest
        && response instanceof HttpServletResponse) {
      REQUESTS.exit(entered, (HttpServletRequest) request, (HttpServletResponse) response, thrown);
    }
  }
}
