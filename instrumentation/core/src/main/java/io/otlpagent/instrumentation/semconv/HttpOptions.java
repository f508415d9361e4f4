package io.otlpagent.instrumentation.semconv;

import org.jspecify.annotations.Nullable;

/**
 * What operators want of the requests of one side, of servers or of clients, beside what is always
 * told. Immutable; asked on application threads.
 */
public final class HttpOptions {

  private final @Nullable HeaderCapture requestHeaders;
  private final @Nullable HeaderCapture responseHeaders;
  private final boolean experimental;

  /**
   * @param requestHeaders null if no header of requests is wanted
   * @param responseHeaders null if no header of responses is wanted
   * @param experimental whether to tell what the conventions have in development, too
   */
  public HttpOptions(
      @Nullable HeaderCapture requestHeaders,
      @Nullable HeaderCapture responseHeaders,
      boolean experimental) {
    this.requestHeaders = requestHeaders;
    this.responseHeaders = responseHeaders;
    this.experimental = experimental;
  }

  /** Null if no header of requests is wanted. */
  public @Nullable HeaderCapture requestHeaders() {
    return requestHeaders;
  }

  /** Null if no header of responses is wanted. */
  public @Nullable HeaderCapture responseHeaders() {
    return responseHeaders;
  }

  /** Whether sizes of bodies, and the number of requests under way, are wanted. */
  public boolean experimental() {
    return experimental;
  }
}
