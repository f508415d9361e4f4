package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.util.WeakMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a request, each an exchange for a response. They follow one another, on any
 * thread of the client: started on one, ended on the one that reads the response, or fails to.
 */
final class Attempts {

  private static final HttpClientInstrumenter<Object, Object> INSTRUMENTER =
      new HttpClientInstrumenter<>("java-http-client", new JavaHttpClientGetter());

  private static final TextMapSetter<Object> SYSTEM_HEADERS = new SystemHeaders();

  // Requests of which an attempt may follow, so that it stays small between two collections.
  private static final WeakMap<Object, ClientCall<Object, Object>> WAITING = new WeakMap<>();

  private Attempts() {}

  /** Keeps what is current on the application's thread for the threads of the client. */
  static void send(Object multiExchange) {
    WAITING.put(multiExchange, INSTRUMENTER.call());
  }

  /**
   * Starts an attempt.
   *
   * @return null if nothing is to be recorded, or the agent did not see the request being sent
   */
  static @Nullable ClientCall<Object, Object> start(Object exchange) {
    ClientCall<Object, Object> call = WAITING.remove(ClientClasses.multiExchange(exchange));
    return call != null && call.start(exchange, ClientClasses.request(exchange), SYSTEM_HEADERS)
        ? call
        : null;
  }

  /**
   * The future that the client goes on with instead: the span ends before what follows begins.
   *
   * @return null to leave the future as it is
   */
  static @Nullable CompletableFuture<?> endWith(
      @Nullable ClientCall<Object, Object> call, @Nullable CompletableFuture<?> response) {
    return call == null || response == null ? null : response.whenComplete(new End(call));
  }

  private static void answered(
      ClientCall<Object, Object> call, Object multiExchange, Object response) {
    call.end(response, null);
    if (Outcome.mayFollow(ClientClasses.status(response))) {
      WAITING.put(multiExchange, call);
    }
  }

  private static void failed(
      ClientCall<Object, Object> call, Object multiExchange, Throwable cause) {
    if (ClientClasses.cancelledByCaller(multiExchange)) {
      call.cancel();
    } else if (ClientClasses.cancelled(multiExchange) && Outcome.isDisguisedTimeout(cause)) {
      call.endLost(Outcome.timeoutType(cause));
    } else {
      call.end(null, cause);
      WAITING.put(multiExchange, call);
    }
  }

  /** Ends an attempt when its future ends. */
  private static final class End implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final ClientCall<Object, Object> call;

    End(ClientCall<Object, Object> call) {
      this.call = call;
    }

    @Override
    public void accept(@Nullable Object response, @Nullable Throwable thrown) {
      Object exchange = call.request();
      if (exchange == null) {
        return;
      }
      try {
        Object multiExchange = ClientClasses.multiExchange(exchange);
        if (response != null) {
          answered(call, multiExchange, response);
        } else if (thrown != null) {
          failed(call, multiExchange, Outcome.cause(thrown));
        }
      } catch (Throwable e) {
        // The application's exception may fail as it is asked. The future would hand that on.
        return;
      }
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
}
