package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpClientSpan;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a request for a response. Started on a thread of the client, ended on the one
 * that reads the response, or fails to.
 */
final class Attempt implements BiConsumer<@Nullable Object, @Nullable Throwable> {

  private static final HttpClientInstrumenter<Attempt, Object> INSTRUMENTER =
      new HttpClientInstrumenter<>("java-http-client", new JavaHttpClientGetter());

  private static final TextMapSetter<Object> SYSTEM_HEADERS = new SystemHeaders();

  private final Object exchange;
  private final Object request;
  private final Object multiExchange;
  private final SentRequest sent;
  private @Nullable HttpClientSpan span;

  private Attempt(Object exchange, Object multiExchange, SentRequest sent) {
    this.exchange = exchange;
    this.request = ClientClasses.request(exchange);
    this.multiExchange = multiExchange;
    this.sent = sent;
  }

  /**
   * Starts the span of an attempt and puts its trace into the headers.
   *
   * @return null if nothing is to be recorded
   */
  static @Nullable Attempt start(Object exchange) {
    long startNanoTime = System.nanoTime();
    Object multiExchange = ClientClasses.multiExchange(exchange);
    SentRequest sent = SentRequest.take(multiExchange);
    if (sent == null) {
      return null;
    }
    Attempt attempt = new Attempt(exchange, multiExchange, sent);
    HttpClientSpan span =
        INSTRUMENTER.startAt(attempt, sent.parent(), sent.nextAttempt(), startNanoTime);
    if (span == null) {
      return null;
    }
    attempt.span = span;
    boolean done = false;
    try {
      Propagation.inject(span, attempt.request, SYSTEM_HEADERS);
      INSTRUMENTER.sending(span, attempt);
      done = true;
    } finally {
      if (!done) {
        // What is thrown from here ends in the advice, which then has nothing to end.
        INSTRUMENTER.end(span, attempt, null, null);
      }
    }
    return attempt;
  }

  /**
   * The future that the client goes on with instead: the span ends before what follows begins.
   *
   * @return null to leave the future as it is
   */
  static @Nullable CompletableFuture<?> endWith(
      @Nullable Object started, @Nullable CompletableFuture<?> response) {
    return started == null || response == null ? null : response.whenComplete((Attempt) started);
  }

  @Override
  public void accept(@Nullable Object response, @Nullable Throwable thrown) {
    try {
      if (response != null) {
        answered(response);
      } else if (thrown != null) {
        failed(Outcome.cause(thrown));
      }
    } catch (Throwable e) {
      // The application's exception may fail as it is asked. The future would hand that on.
      return;
    }
  }

  private void answered(Object response) {
    INSTRUMENTER.end(span, this, response, null);
    if (Outcome.mayFollow(ClientClasses.status(response))) {
      sent.mayFollow(multiExchange);
    }
  }

  private void failed(Throwable cause) {
    if (ClientClasses.cancelledByCaller(multiExchange)) {
      INSTRUMENTER.end(span, this, null, null);
    } else if (ClientClasses.cancelled(multiExchange) && Outcome.isDisguisedTimeout(cause)) {
      INSTRUMENTER.endLost(span, this, Outcome.timeoutType(cause));
    } else {
      INSTRUMENTER.end(span, this, null, cause);
      sent.mayFollow(multiExchange);
    }
  }

  /** The application sees the headers that it set, and not those of the system. */
  private static final class SystemHeaders implements TextMapSetter<Object> {

    @Override
    public void set(Object request, String name, String value) {
      UserHeaders.leaveOut(request, name);
      ClientClasses.setSystemHeader(request, name, value);
    }

    @Override
    public void leaveOut(Object request, String name) {
      UserHeaders.leaveOut(request, name);
    }
  }

  Object exchange() {
    return exchange;
  }

  Object request() {
    return request;
  }
}
