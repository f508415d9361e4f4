package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.servlet.AsyncRequest;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Hears from the container how an asynchronous request ends. Nothing in it is the application's.
 */
final class JavaxCompletionListener implements AsyncListener {

  private final Object request;
  private final HttpServletResponse response;
  private final AsyncRequest<HttpServletRequest, HttpServletResponse> async;

  JavaxCompletionListener(
      Object request,
      HttpServletResponse response,
      AsyncRequest<HttpServletRequest, HttpServletResponse> async) {
    this.request = request;
    this.response = response;
    this.async = async;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    async.complete(request, response);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The application or the container answers now, and then the request completes.
  }

  @Override
  public void onError(AsyncEvent event) {
    async.fail(event.getThrowable());
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // A new asynchronous cycle starts without the listeners of the last one.
    try {
      event.getAsyncContext().addListener(this);
    } catch (IllegalStateException e) {
      // That cycle is over already: what this one was told is all that we shall see.
    }
  }
}
