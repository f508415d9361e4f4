package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.servlet.AsyncRequest;
import io.otlpagent.instrumentation.servlet.ServletAdapter;
import javax.servlet.DispatcherType;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletRequestWrapper;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What a request does in a container of {@code javax.servlet}. */
final class JavaxServletAdapter implements ServletAdapter<HttpServletRequest, HttpServletResponse> {

  @Override
  public boolean received(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST;
  }

  @Override
  public Object container(HttpServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper) {
      inner = ((ServletRequestWrapper) inner).getRequest();
    }
    return inner;
  }

  @Override
  public boolean asyncStarted(HttpServletRequest request) {
    return request.isAsyncStarted();
  }

  @Override
  public void listen(
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncRequest<HttpServletRequest, HttpServletResponse> async) {
    request.getAsyncContext().addListener(new JavaxCompletionListener(request, response, async));
  }

  @Override
  public Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof ServletException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
