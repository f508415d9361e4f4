package io.otlpagent.instrumentation.library.servletjakarta;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.servlet.CompletionSource;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Adds listeners that lead to nothing but objects of the container. Stateless. */
public final class JakartaCompletionSource
    implements CompletionSource<HttpServletRequest, HttpServletResponse> {

  /** Each filter may add one. */
  private static final int MAX_WRAPPERS = 256;

  /** Called through reflection. */
  public JakartaCompletionSource() {}

  @Override
  public void listen(
      HttpServletRequest request, HttpServletResponse response, HttpServerSpan span) {
    request
        .getAsyncContext()
        .addListener(
            new JakartaCompletionListener(
                JakartaServlets.container(request),
                container(response),
                JakartaServlets.async(span)));
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
