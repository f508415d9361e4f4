package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.servlet.CompletionSource;
import javax.servlet.ServletResponse;
import javax.servlet.ServletResponseWrapper;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Adds listeners that lead to nothing but objects of the container. Stateless. */
public final class JavaxCompletionSource
    implements CompletionSource<HttpServletRequest, HttpServletResponse> {

  /** Each filter may add one. */
  private static final int MAX_WRAPPERS = 256;

  /** Called through reflection. */
  public JavaxCompletionSource() {}

  @Override
  public void listen(
      HttpServletRequest request, HttpServletResponse response, HttpServerSpan span) {
    request
        .getAsyncContext()
        .addListener(
            new JavaxCompletionListener(
                JavaxServlets.container(request), container(response), JavaxServlets.async(span)));
  }

  private static HttpServletResponse container(HttpServletResponse response) {
    ServletResponse inner = response;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      if (!(inner instanceof ServletResponseWrapper)) {
        return inner instanceof HttpServletResponse ? (HttpServletResponse) inner : response;
      }
      inner = ((ServletResponseWrapper) inner).getResponse();
    }
    // The application's own wrappers, which lead in a circle.
    return response;
  }
}
