package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that is asked for credentials sends its request again by itself: each time with the
 * trace of that attempt, whatever the application has copied from the request that it serves.
 */
public abstract class HttpAuthenticationContract {

  /** What the application has copied. */
  private static final Map<String, List<String>> COPIED =
      Map.of(
          "Traceparent",
          List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          "tracestate",
          List.of("stale=1", "stale=2"),
          "Baggage",
          List.of("stale=3"),
          "b3",
          List.of("stale"),
          "X-B3-TraceId",
          List.of("stale"));

  @RegisterExtension protected final SpanRecorder spans = new SpanRecorder();

  /** A request of the application. */
  public record Authenticated(
      String method,
      String url,
      Map<String, List<String>> headers,
      Authenticator credentials,
      @Nullable Integer proxyPort) {}

  /** Sends a request, with a body if it is a {@code POST}, and returns the last status. */
  protected abstract int send(Authenticated request) throws Exception;

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void eachAttemptForAServerCarriesItsOwnTraceOnly(String method) throws Exception {
    try (LoopbackServer server = LoopbackServer.http()) {
      String url = server.url("/protected");
      int status = inTrace(new Authenticated(method, url, COPIED, new Credentials(), null));

      assertThat(status).isEqualTo(200);
      List<Map<String, List<String>>> received = new ArrayList<>();
      server.received().forEach(request -> received.add(request.headers()));
      assertTraces(received, 401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void eachAttemptThroughAProxyCarriesItsOwnTraceOnly(String method) throws Exception {
    try (RawServer proxy = new RawServer(HttpAuthenticationContract::askForCredentials)) {
      String url = "http://host.invalid/a";
      int status = inTrace(new Authenticated(method, url, COPIED, new Credentials(), proxy.port()));

      assertThat(status).isEqualTo(200);
      List<Map<String, List<String>>> received = new ArrayList<>();
      proxy.requests().forEach(request -> received.add(headers(request)));
      assertTraces(received, 407);
    }
  }

  private int inTrace(Authenticated request) throws Exception {
    spans.propagators("tracecontext", "baggage", "b3", "b3multi");
    Span parent = new NamedSpan("parent", SpanKind.SERVER);
    Tracer tracer = Objects.requireNonNull(Tracer.installed());
    tracer.startRemote(
        parent, new SpanContext(1, 2, 3, SpanContext.SAMPLED, "vendor=value"), "user=alice");
    Context.enter(parent);
    try {
      return send(request);
    } finally {
      Context.exit(parent);
      tracer.end(parent);
    }
  }

  private void assertTraces(List<Map<String, List<String>>> received, long firstStatus) {
    assertThat(received).hasSize(2);
    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(0).attribute("http.response.status_code")).isEqualTo(firstStatus);
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
    for (int i = 0; i < 2; i++) {
      RecordedSpan span = taken.get(i);
      String spanId = String.format("%016x", span.spanId());
      assertThat(span.isChildOf(taken.get(2))).isTrue();
      assertThat(received.get(i))
          .containsEntry("traceparent", List.of("00-" + span.traceId() + "-" + spanId + "-01"))
          .containsEntry("tracestate", List.of("vendor=value"))
          .containsEntry("baggage", List.of("user=alice"))
          .containsEntry("x-b3-traceid", List.of(span.traceId()))
          .containsEntry("x-b3-spanid", List.of(spanId));
      assertThat(received.get(i).get("b3"))
          .singleElement()
          .asString()
          .startsWith(span.traceId() + "-" + spanId);
    }
  }

  private static void askForCredentials(RawServer self, int number, Socket socket)
      throws IOException {
    for (String request = self.readHeaders(socket);
        !request.isEmpty();
        request = self.readHeaders(socket)) {
      String length = headers(request).getOrDefault("content-length", List.of("0")).get(0);
      socket.getInputStream().readNBytes(Integer.parseInt(length));
      if (headers(request).containsKey("proxy-authorization")) {
        self.write(socket, "HTTP/1.1 200 OK", "Content-Length: 0");
      } else {
        self.write(
            socket,
            "HTTP/1.1 407 Proxy Authentication Required",
            "Proxy-Authenticate: Basic realm=\"test\"",
            "Content-Length: 0");
      }
    }
  }

  /** The headers of a request as it was read; names in lower case. */
  private static Map<String, List<String>> headers(String request) {
    Map<String, List<String>> headers = new TreeMap<>();
    request
        .lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              headers
                  .computeIfAbsent(
                      line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                  .add(line.substring(colon + 1).trim());
            });
    return headers;
  }

  private static final class Credentials extends Authenticator {

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return new PasswordAuthentication("alice", "secret".toCharArray());
    }
  }
}
