package io.otlpagent.instrumentation.library.jetty;

import io.otlpagent.instrumentation.semconv.http.HttpServerRequests;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.tasks.TaskHandoff;
import io.otlpagent.instrumentation.util.WeakMap;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows requests through Jetty's channels, of which a connection has one for all its requests, or
 * some with HTTP/2. On the server's threads; the channel orders what they do with a request.
 */
final class JettyRequests {

  /** Those of {@code AsyncContext.start}: Jetty's pool is of its own making. */
  static final TaskHandoff TASKS = new TaskHandoff("jetty");

  private static final int SWITCHING_PROTOCOLS = 101;

  private static final HttpServerRequests<Request, Response> REQUESTS =
      new HttpServerRequests<>("jetty", new JettyGetter());

  /** One for each channel, so that a request costs a look-up and no weak reference. */
  private static final WeakMap<HttpChannel, Slot> SLOTS = new WeakMap<>(4096);

  private JettyRequests() {}

  /** The head of a request was read, or something malformed was, perhaps after the head. */
  static void begin(HttpChannel channel) {
    Slot slot = SLOTS.get(channel);
    if (slot != null && slot.span != null) {
      return;
    }
    HttpServerSpan span = REQUESTS.begin(channel.getRequest());
    if (span == null) {
      return;
    }
    if (slot == null) {
      slot = new Slot();
      SLOTS.put(channel, slot);
    }
    slot.span = span;
  }

  static @Nullable Object resume(HttpChannel channel) {
    return HttpServerRequests.resume(span(channel));
  }

  /**
   * The channel has nothing more to do for now, perhaps for good.
   *
   * @param entered what {@link #resume} returned
   */
  static void leave(@Nullable HttpServerSpan span, @Nullable Object entered) {
    if (HttpServerRequests.leave(span, entered) && span != null) {
      HttpServerRequests.park(span);
    }
  }

  /** The head of the response is on its way. */
  static void commit(HttpChannel channel, MetaData.@Nullable Response head) {
    HttpServerSpan span = span(channel);
    if (span == null || head == null) {
      return;
    }
    int status = head.getStatus();
    if (status == SWITCHING_PROTOCOLS
        && "h2c".equalsIgnoreCase(channel.getRequest().getHeader("Upgrade"))) {
      // The request is handled as the first one of the new protocol.
      take(channel);
      HttpServerRequests.abandon(span);
    } else if (status >= 200 || status == SWITCHING_PROTOCOLS) {
      span.sent(status);
    }
  }

  /** A handler has thrown something, which Jetty answers if it still can. */
  static void fail(HttpChannel channel, @Nullable Throwable thrown, boolean tooLate) {
    HttpServerSpan span = span(channel);
    if (span != null) {
      span.leaveApplication(thrown, tooLate || channel.isCommitted());
    }
  }

  static void complete(HttpChannel channel) {
    HttpServerSpan span = take(channel);
    if (span != null) {
      REQUESTS.complete(span, channel.getRequest(), channel.getResponse(), null);
    }
  }

  static @Nullable HttpServerSpan span(HttpChannel channel) {
    Slot slot = SLOTS.get(channel);
    return slot == null ? null : slot.span;
  }

  private static @Nullable HttpServerSpan take(HttpChannel channel) {
    Slot slot = SLOTS.get(channel);
    HttpServerSpan span = slot == null ? null : slot.span;
    if (slot != null) {
      slot.span = null;
    }
    return span;
  }

  /** Where a channel has the span of its request. */
  private static final class Slot {

    volatile @Nullable HttpServerSpan span;
  }
}
