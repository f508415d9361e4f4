package io.otlpagent.instrumentation.servlet;

import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.util.LibraryPlugin;
import io.otlpagent.instrumentation.util.Privileged;

/**
 * Makes a container tell how an asynchronous request ends. The container keeps the listener until
 * then, for hours perhaps, and must not keep an undeployed application with it. So the listener is
 * of the plugin of the container, whose loader has the servlet API. Any thread of the container.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public interface CompletionSource<Q, R> {

  /**
   * Listens for the end of a request that is asynchronous.
   *
   * @throws IllegalStateException if the request has ended
   */
  void listen(Q request, R response, HttpServerSpan span);

  /**
   * The source of the container; the application's own one if the container can have none.
   *
   * @param api a type of the servlet API
   * @param own of a public class with a public constructor without parameters
   */
  @SuppressWarnings("unchecked") // The same class, with the same servlet API.
  static <Q, R> CompletionSource<Q, R> ofContainer(Class<?> api, CompletionSource<Q, R> own) {
    Class<?> type = own.getClass();
    try {
      return Privileged.call(
          () ->
              (CompletionSource<Q, R>)
                  ((LibraryPlugin) type.getClassLoader())
                      .besideDefinerOf(api, type.getSimpleName())
                      .getConstructor()
                      .newInstance());
    } catch (Exception | LinkageError e) {
      return own;
    }
  }
}
