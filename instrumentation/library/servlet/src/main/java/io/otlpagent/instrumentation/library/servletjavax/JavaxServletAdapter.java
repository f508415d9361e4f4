package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.servlet.CompletionSource;
import io.otlpagent.instrumentation.servlet.ServletAdapter;
import io.otlpagent.instrumentation.util.Causes;
import javax.servlet.AsyncListener;
import javax.servlet.DispatcherType;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletRequestWrapper;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What a request does in a container of {@code javax.servlet}. */
final class JavaxServletAdapter implements ServletAdapter<HttpServletRequest, HttpServletResponse> {

  /** Each filter and each forward may add one. */
  private static final int MAX_WRAPPERS = 256;

  @Override
  public boolean received(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST;
  }

  @Override
  public Object container(HttpServletRequest request) {
    ServletRequest inner = request;
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      ServletRequest next =
          inner instanceof ServletRequestWrapper
              ? ((ServletRequestWrapper) inner).getRequest()
              : null;
      if (next == null || next == inner) {
        return inner;
      }
      inner = next;
    }
    // The application's own wrappers, which lead in a circle.
    return request;
  }

  @Override
  public boolean asyncStarted(HttpServletRequest request) {
    return request.isAsyncStarted();
  }

  @Override
  public void listen(
      HttpServletRequest request, HttpServletResponse response, HttpServerSpan span) {
    Completions.OF_CONTAINER.listen(request, response, span);
  }

  @Override
  public boolean committed(HttpServletResponse response) {
    return response.isCommitted();
  }

  @Override
  public Throwable cause(Throwable thrown) {
    return Causes.unwrap(thrown, cause -> cause instanceof ServletException);
  }

  /** Found once a request has become asynchronous: few applications have such. */
  private static final class Completions {

    static final CompletionSource<HttpServletRequest, HttpServletResponse> OF_CONTAINER =
        CompletionSource.ofContainer(AsyncListener.class, new JavaxCompletionSource());
  }
}
