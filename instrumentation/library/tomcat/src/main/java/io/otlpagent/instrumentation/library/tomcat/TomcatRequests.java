package io.otlpagent.instrumentation.library.tomcat;

import io.otlpagent.instrumentation.semconv.http.HttpServerRequests;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.tasks.TaskHandoff;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.connector.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/**
 * Follows requests through Tomcat's adapter. A request keeps its span in a note, which the
 * application cannot see. On the threads of the connector, one at a time for a request.
 */
final class TomcatRequests {

  /** Tomcat leaves the notes from 17 to 31 to whoever needs one. */
  private static final int SPAN_NOTE = 30;

  private static final HttpServerRequests<Request, Response> REQUESTS =
      new HttpServerRequests<>("tomcat", new TomcatGetter());

  /** Those of {@code AsyncContext.start}: Tomcat's pools are of its own making from 10 on. */
  static final TaskHandoff TASKS = new TaskHandoff("tomcat");

  private TomcatRequests() {}

  /** A request has been read, or what was to be one. */
  static @Nullable Object begin(org.apache.coyote.Request received) {
    Request request = request(received);
    HttpServerSpan span = request == null ? null : REQUESTS.begin(request);
    if (span == null) {
      return null;
    }
    received.setNote(SPAN_NOTE, span);
    return HttpServerRequests.resume(span);
  }

  /** An asynchronous request goes on: there is data, or room for it, or an end. */
  static @Nullable Object resume(org.apache.coyote.Request received) {
    return HttpServerRequests.resume(span(received));
  }

  /**
   * The adapter returns: with the response, unless the request is asynchronous.
   *
   * @param entered what {@link #begin} or {@link #resume} returned
   * @param event by which an asynchronous request has gone on; null if it has just begun
   */
  static void leave(
      org.apache.coyote.Request received,
      Response response,
      @Nullable Object entered,
      @Nullable SocketEvent event,
      @Nullable Throwable thrown) {
    if (entered == null) {
      return;
    }
    HttpServerSpan span = span(received);
    HttpServerRequests.leave(span, entered);
    Request request = request(received);
    if (span == null) {
      return;
    }
    if (thrown == null && request != null && request.isAsync()) {
      HttpServerRequests.park(span);
      return;
    }
    received.setNote(SPAN_NOTE, null);
    // What the connection failed with, after the head of the response or before.
    Throwable failure = thrown == null ? response.getErrorException() : thrown;
    if (failure == null && (event == SocketEvent.ERROR || failsLate(span, response))) {
      HttpServerRequests.abort(span);
    }
    REQUESTS.complete(span, request, response, failure);
  }

  /** Whether Tomcat has made an error of a response whose head said nothing of one. */
  private static boolean failsLate(HttpServerSpan span, Response response) {
    int sent = span.sentStatus();
    return sent > 0 && sent < 500 && response.getStatus() >= 500;
  }

  /** The head of the response is about to be sent. */
  static void commit(Response response) {
    org.apache.coyote.Request received = response.getRequest();
    HttpServerSpan span = received == null ? null : span(received);
    if (span != null && !response.isCommitted()) {
      span.sent(response.getStatus());
    }
  }

  /** The request will be another one; what has not completed by now never will. */
  static void recycle(org.apache.coyote.Request received) {
    HttpServerSpan span = span(received);
    if (span != null) {
      received.setNote(SPAN_NOTE, null);
      HttpServerRequests.abort(span);
      REQUESTS.complete(span, request(received), received.getResponse(), null);
    }
  }

  private static @Nullable HttpServerSpan span(org.apache.coyote.Request received) {
    Object note = received.getNote(SPAN_NOTE);
    return note instanceof HttpServerSpan ? (HttpServerSpan) note : null;
  }

  private static @Nullable Request request(org.apache.coyote.Request received) {
    Object note = received.getNote(CoyoteAdapter.ADAPTER_NOTES);
    return note instanceof Request ? (Request) note : null;
  }
}
