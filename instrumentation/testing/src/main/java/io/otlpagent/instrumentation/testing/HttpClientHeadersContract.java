package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the headers of every HTTP client must be, of which attempt they are, and that they are gone
 * afterwards.
 */
public abstract class HttpClientHeadersContract extends HttpClientMetricsContract {

  private static final List<String> HEADERS_OF_TRACES =
      List.of(
          "Traceparent",
          "baggage",
          "b3",
          "X-B3-TraceId",
          "X-B3-SpanId",
          "X-B3-ParentSpanId",
          "X-B3-Sampled",
          "X-B3-Flags",
          "uber-trace-id",
          "X-Amzn-Trace-Id",
          "ot-tracer-traceid",
          "ot-tracer-spanid",
          "ot-tracer-sampled",
          "uberctx-user",
          "ot-baggage-user");

  @Test
  void serverReceivesTheIdsOfTheSpan() throws Exception {
    send(Request.get(server.url("/hello")));

    RecordedSpan span = spans.takeOne();
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(span));
  }

  @Test
  void traceStateAndBaggageArePassedOn() {
    Span parent = new NamedSpan("parent", SpanKind.SERVER);
    Tracer tracer = Objects.requireNonNull(Tracer.installed());
    tracer.startRemote(
        parent, new SpanContext(1, 2, 3, SpanContext.SAMPLED, "vendor=value"), "user=alice");
    Context.enter(parent);
    sendUnchecked(Request.get(server.url("/hello")));
    Context.exit(parent);
    tracer.end(parent);

    RecordedSpan span = spans.take(2).get(0);
    LoopbackServer.Received received = server.received().get(0);
    assertThat(received.header("traceparent")).isEqualTo(traceparent(span));
    assertThat(received.header("tracestate")).isEqualTo("vendor=value");
    assertThat(received.header("baggage")).isEqualTo("user=alice");
    assertThat(span.traceId()).isEqualTo("00000000000000010000000000000002");
  }

  @Test
  void traceAndBaggageArePassedOnInTheHeadersOfOtherTracers() {
    spans.propagators("xray", "ottrace", "jaeger");
    Span parent = new NamedSpan("parent", SpanKind.SERVER);
    Tracer tracer = Objects.requireNonNull(Tracer.installed());
    tracer.startRemote(
        parent, new SpanContext(1, 2, 3, SpanContext.SAMPLED, null), "user=a%20b,user=c");
    Context.enter(parent);
    sendUnchecked(Request.get(server.url("/hello")));
    Context.exit(parent);
    tracer.end(parent);

    RecordedSpan span = spans.take(2).get(0);
    String spanId = traceparent(span).split("-")[2];
    LoopbackServer.Received received = server.received().get(0);
    assertThat(received.header("x-amzn-trace-id"))
        .isEqualTo("Root=1-00000000-000000010000000000000002;Parent=" + spanId + ";Sampled=1");
    assertThat(received.header("ot-tracer-traceid")).isEqualTo("0000000000000002");
    assertThat(received.header("ot-tracer-spanid")).isEqualTo(spanId);
    assertThat(received.header("ot-tracer-sampled")).isEqualTo("true");
    assertThat(received.header("ot-baggage-user")).isEqualTo("c");
    assertThat(received.header("uberctx-user")).isEqualTo("c");
    assertThat(received.header("traceparent")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hello", "/redirect/hello"})
  void traceThatTheApplicationHasCopiedIsReplaced(String path) {
    spans.propagators("tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray", "ottrace");
    Map<String, List<String>> copied = new TreeMap<>();
    for (String name : HEADERS_OF_TRACES) {
      copied.put(name, List.of("stale"));
    }
    copied.put("TraceState", List.of("stale=1", "stale=2"));
    Span parent = new NamedSpan("parent", SpanKind.SERVER);
    Tracer tracer = Objects.requireNonNull(Tracer.installed());
    tracer.startRemote(
        parent, new SpanContext(1, 2, 3, SpanContext.SAMPLED, "vendor=value"), "user=alice");
    Context.enter(parent);
    sendUnchecked(new Request("GET", server.url(path), copied, null));
    Context.exit(parent);
    tracer.end(parent);

    List<LoopbackServer.Received> requests = server.received();
    List<RecordedSpan> clients = spans.take(requests.size() + 1);
    for (int i = 0; i < requests.size(); i++) {
      LoopbackServer.Received received = requests.get(i);
      assertThat(received.headers().values()).noneMatch(HttpClientHeadersContract::isStale);
      assertThat(received.header("traceparent")).isEqualTo(traceparent(clients.get(i)));
      assertThat(received.header("tracestate")).isEqualTo("vendor=value");
      assertThat(received.header("baggage")).isEqualTo("user=alice");
      assertThat(received.headers()).doesNotContainKey("x-b3-parentspanid");
    }
  }

  @Test
  void stateOfAnotherTraceIsNotSent() throws Exception {
    Map<String, List<String>> copied = Map.of("tracestate", List.of("stale=1"));
    send(new Request("GET", server.url("/hello"), copied, null));

    spans.takeOne();
    assertThat(server.received().get(0).headers()).doesNotContainKey("tracestate");
  }

  @Test
  void headersOfTheApplicationArrive() throws Exception {
    send(new Request("GET", server.url("/hello"), Map.of("X-Color", List.of("blue")), null));

    spans.takeOne();
    assertThat(server.received().get(0).header("x-color")).isEqualTo("blue");
  }

  @Test
  void requestOfTheApplicationStaysAsItWas() throws Exception {
    Map<String, List<String>> mine =
        Map.of("X-Color", List.of("blue"), "traceparent", List.of("00-mine"));

    Map<String, List<String>> afterwards =
        sendAndReadHeaders(new Request("GET", server.url("/hello"), mine, null));

    RecordedSpan span = spans.takeOne();
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(span));
    assertThat(afterwards).isEqualTo(mine);
  }

  @Test
  void requestOfTheApplicationStaysAsItWasWhenTheAgentFails() throws Exception {
    BrokenHeaderCapture.installForClients();
    Map<String, List<String>> mine = Map.of("X-Color", List.of("blue"));

    Map<String, List<String>> afterwards =
        sendAndReadHeaders(new Request("GET", server.url("/hello"), mine, null));

    spans.takeAdviceErrors(1);
    assertThat(spans.takeOne().span().failed()).isFalse();
    assertThat(server.received()).hasSize(1);
    assertThat(afterwards).isEqualTo(mine);
  }

  @Test
  void headersThatTheOperatorWantsAreKeptWithoutSecrets() throws Exception {
    wantHeaders(
        List.of("X-COLOR", "authorization", "traceparent", "x-absent"),
        List.of("X-Taste", "set-cookie", "x-absent"));
    Map<String, List<String>> headers =
        Map.of("X-Color", List.of("blue", "green"), "Authorization", List.of("Basic hush"));

    send(new Request("GET", server.url("/headers"), headers, null));

    RecordedSpan span = spans.takeOne();
    assertThat(headersOf(span))
        .isEqualTo(
            Map.of(
                "http.request.header.x-color",
                server.received().get(0).headers().get("x-color"),
                "http.request.header.authorization",
                List.of("REDACTED"),
                "http.request.header.traceparent",
                List.of(traceparent(span)),
                "http.response.header.x-taste",
                List.of("sweet", "sour"),
                "http.response.header.set-cookie",
                List.of("REDACTED")));
    assertThat(server.received().get(0).headers().get("x-color"))
        .containsExactlyInAnyOrder("blue", "green");
  }

  @Test
  void eachAttemptHasItsHeaders() throws Exception {
    wantHeaders(List.of("traceparent"), List.of("location"));

    send(Request.get(server.url("/redirect/hello")));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(headersOf(taken.get(0)))
        .isEqualTo(
            Map.of(
                "http.request.header.traceparent",
                List.of(traceparent(taken.get(0))),
                "http.response.header.location",
                List.of(server.url("/hello"))));
    assertThat(headersOf(taken.get(1)))
        .isEqualTo(Map.of("http.request.header.traceparent", List.of(traceparent(taken.get(1)))));
  }

  @Test
  void failedRequestHasItsHeaders() {
    wantHeaders(List.of("x-color"), List.of("x-color"));
    Request request =
        new Request("GET", server.url("/silent"), Map.of("X-Color", List.of("blue")), null);

    assertThatThrownBy(() -> sendImpatiently(request)).isNotNull();

    assertThat(headersOf(spans.takeOne()))
        .isEqualTo(Map.of("http.request.header.x-color", List.of("blue")));
  }

  @Test
  void headersOfServedRequestsAreNotThoseOfSentOnes() throws Exception {
    HeaderCapture requests = new HeaderCapture("request", List.of("x-color"), Set.of());
    HeaderCapture responses = new HeaderCapture("response", List.of("x-taste"), Set.of());
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(new HttpOptions(requests, responses, false), null));

    send(new Request("GET", server.url("/headers"), Map.of("X-Color", List.of("blue")), null));

    assertThat(headersOf(spans.takeOne())).isEmpty();
  }

  private static boolean isStale(List<String> values) {
    return values.toString().contains("stale");
  }

  private static void wantHeaders(List<String> ofRequests, List<String> ofResponses) {
    HeaderCapture requests =
        new HeaderCapture("request", ofRequests, HeaderCapture.DEFAULT_SECRET_HEADERS);
    HeaderCapture responses =
        new HeaderCapture("response", ofResponses, HeaderCapture.DEFAULT_SECRET_HEADERS);
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(requests, responses, false)));
  }

  private static Map<String, Object> headersOf(RecordedSpan span) {
    Map<String, Object> headers = new TreeMap<>(span.attributes());
    headers.keySet().removeIf(name -> !name.contains(".header."));
    return headers;
  }
}
