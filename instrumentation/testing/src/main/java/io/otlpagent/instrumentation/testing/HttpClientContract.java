package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the spans, headers and metrics of every HTTP client must be. */
public abstract class HttpClientContract {

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

  @RegisterExtension protected final SpanRecorder spans = new SpanRecorder();

  protected LoopbackServer server;

  // Of the process, whose earlier tests may have had a server at the same port.
  private final Map<Histogram.Series, Long> countsBefore = new IdentityHashMap<>();

  /** A request to be sent; without a body it is null. */
  public record Request(String method, String url, Map<String, List<String>> headers, String body) {

    public static Request get(String url) {
      return new Request("GET", url, Map.of(), null);
    }

    public static Request post(String url, String body) {
      return new Request("POST", url, Map.of(), body);
    }
  }

  /** What came back. */
  public record Response(int status, String body) {}

  /** Sends a request, follows redirects, reads all of the response. */
  protected abstract Response send(Request request) throws Exception;

  /** Sends a request and does not wait long for the response. */
  protected abstract void sendImpatiently(Request request) throws Exception;

  /** The {@code error.type} of {@link #sendImpatiently}. */
  protected abstract String timeoutType();

  /** The exception for a name that does not resolve. */
  protected abstract String unknownHostType();

  /** The short name of the instrumentation. */
  protected abstract String scope();

  /** The {@code network.protocol.version} that the client and the server agree on. */
  protected String protocolVersion() {
    return "1.1";
  }

  protected LoopbackServer startServer() {
    return LoopbackServer.http();
  }

  /** How often the client tries to connect to a port where nobody listens. */
  protected int connectAttempts() {
    return 1;
  }

  @BeforeEach
  void start() {
    server = startServer();
    for (Histogram histogram :
        List.of(
            DurationHistograms.HTTP_CLIENT,
            ExperimentalMetrics.CLIENT_REQUEST_BODY,
            ExperimentalMetrics.CLIENT_RESPONSE_BODY)) {
      histogram.allSeries().forEach(series -> countsBefore.put(series, series.count()));
    }
  }

  @AfterEach
  void stop() {
    server.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  void requestIsOneSpan() throws Exception {
    Response response = send(Request.get(server.url("/hello?color=blue")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.parentSpanId()).isZero();
    assertThat(span.span().scope().name()).isEqualTo("io.otlpagent." + scope());
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "http.request.method",
                "GET",
                "http.response.status_code",
                200L,
                "network.peer.address",
                "127.0.0.1",
                "network.peer.port",
                (long) server.port(),
                "network.protocol.version",
                protocolVersion(),
                "server.address",
                "127.0.0.1",
                "server.port",
                (long) server.port(),
                "url.full",
                server.url("/hello?color=blue")));
  }

  @Test
  void currentSpanIsTheParent() {
    spans.inSpan("parent", () -> sendUnchecked(Request.get(server.url("/hello"))));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).isChildOf(taken.get(1))).isTrue();
    assertThat(taken.get(1).name()).isEqualTo("parent");
  }

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
      assertThat(received.headers().values()).noneMatch(HttpClientContract::isStale);
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

  private static boolean isStale(List<String> values) {
    return values.toString().contains("stale");
  }

  @Test
  void unsampledRequestIsPropagatedAndMeasured() throws Exception {
    spans.sampler(Sampler.ALWAYS_OFF);

    send(Request.get(server.url("/hello")));

    assertThat(spans.notSampled()).isEqualTo(1);
    assertThat(server.received().get(0).header("traceparent"))
        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-02");
    awaitMeasurements(1, server.port(), 200L, null);
  }

  @Test
  void sampledRequestIsMeasured() throws Exception {
    send(Request.get(server.url("/status/404")));

    spans.takeOne();
    awaitMeasurements(1, server.port(), 404L, "404");
  }

  @Test
  void nothingHappensWithoutTracer() throws Exception {
    Tracer.uninstall();

    Response response = send(Request.get(server.url("/hello")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    assertThat(server.received().get(0).header("traceparent")).isNull();
  }

  @Test
  void secretsOfTheUrlAreRedacted() throws Exception {
    String url = server.url("/hello?token=x&color=blue");

    send(Request.get(url));

    assertThat(spans.takeOne().attribute("url.full"))
        .isEqualTo(server.url("/hello?token=REDACTED&color=blue"));
    assertThat(server.received().get(0).pathAndQuery()).isEqualTo("/hello?token=x&color=blue");
  }

  @Test
  void userInfoIsRedacted() throws Exception {
    String url = server.url("/hello").replace("://", "://alice:secret@");

    send(Request.get(url));

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("url.full"))
        .isEqualTo(server.url("/hello").replace("://", "://REDACTED:REDACTED@"));
    assertThat(span.attribute("server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void postKeepsItsBody() throws Exception {
    Response response = send(Request.post(server.url("/echo"), "some text"));

    assertThat(response).isEqualTo(new Response(200, "some text"));
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("POST");
    assertThat(span.attribute("http.request.method")).isEqualTo("POST");
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(span));
  }

  @Test
  void statusCode404IsError() throws Exception {
    Response response = send(Request.get(server.url("/status/404")));

    assertThat(response.status()).isEqualTo(404);
    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().statusMessage()).isNull();
    assertThat(span.span().exception()).isNull();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(404L);
    assertThat(span.attribute("error.type")).isEqualTo("404");
  }

  @Test
  void statusCode500IsError() throws Exception {
    Response response = send(Request.get(server.url("/status/500")));

    assertThat(response.status()).isEqualTo(500);
    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("error.type")).isEqualTo("500");
  }

  @Test
  void redirectIsASecondSpan() throws Exception {
    Response response = send(Request.get(server.url("/redirect/hello")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    List<RecordedSpan> taken = spans.take(2);
    RecordedSpan first = taken.get(0);
    RecordedSpan second = taken.get(1);
    assertThat(first.attribute("http.response.status_code")).isEqualTo(302L);
    assertThat(first.attribute("http.request.resend_count")).isNull();
    assertThat(first.attribute("url.full")).isEqualTo(server.url("/redirect/hello"));
    assertThat(first.span().failed()).isFalse();
    assertThat(second.attribute("http.response.status_code")).isEqualTo(200L);
    assertThat(second.attribute("http.request.resend_count")).isEqualTo(1L);
    assertThat(second.attribute("url.full")).isEqualTo(server.url("/hello"));
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(first));
    assertThat(server.received().get(1).header("traceparent")).isEqualTo(traceparent(second));
    assertThat(second.span().startEpochNanos())
        .isGreaterThanOrEqualTo(first.span().endEpochNanos());
  }

  @Test
  void attemptsAreSiblings() {
    spans.inSpan("parent", () -> sendUnchecked(Request.get(server.url("/redirect/hello"))));

    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(0).isChildOf(taken.get(2))).isTrue();
    assertThat(taken.get(1).isChildOf(taken.get(2))).isTrue();
  }

  @Test
  void redirectToNowhereIsASecondFailure() throws Exception {
    int port = unusedPort();
    try (RawServer redirecting =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(
                  socket,
                  "HTTP/1.1 302 Found",
                  "Location: http://127.0.0.1:" + port + "/",
                  "Content-Length: 0",
                  "Connection: close");
            })) {
      assertThatThrownBy(() -> send(Request.get(redirecting.url("/")))).isNotNull();
    }

    List<RecordedSpan> taken = spans.take(1 + connectAttempts());
    assertThat(taken.get(0).attribute("http.response.status_code")).isEqualTo(302L);
    assertThat(taken.get(1).attribute("error.type")).isEqualTo("java.net.ConnectException");
    assertThat(taken.get(1).attribute("server.port")).isEqualTo((long) port);
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void refusedConnectionIsError() throws Exception {
    int port = unusedPort();

    assertThatThrownBy(() -> send(Request.get("http://127.0.0.1:" + port + "/"))).isNotNull();

    for (RecordedSpan span : spans.take(connectAttempts())) {
      assertThat(span.span().failed()).isTrue();
      assertThat(span.attribute("error.type")).isEqualTo("java.net.ConnectException");
      assertThat(span.attribute("http.response.status_code")).isNull();
      assertThat(span.attribute("server.port")).isEqualTo((long) port);
      assertThat(Objects.requireNonNull(span.span().exception()).type())
          .isEqualTo("java.net.ConnectException");
    }
    awaitMeasurements(connectAttempts(), port, null, "java.net.ConnectException");
  }

  @Test
  void unknownHostIsError() {
    assertThatThrownBy(() -> send(Request.get("http://host.invalid/"))).isNotNull();

    for (RecordedSpan span : spans.take(connectAttempts())) {
      assertThat(span.attribute("error.type")).isEqualTo(unknownHostType());
      assertThat(span.attribute("server.address")).isEqualTo("host.invalid");
      assertThat(span.attribute("server.port")).isEqualTo(80L);
      assertThat(span.attribute("network.peer.address")).isNull();
    }
  }

  @Test
  void resetConnectionIsError() throws Exception {
    try (RawServer resetting = RawServer.resetting()) {
      assertThatThrownBy(() -> send(Request.post(resetting.url("/"), "x"))).isNotNull();

      // A client may try again; each attempt on the wire is a span.
      List<RecordedSpan> taken = spans.take(resetting.connections());
      for (RecordedSpan span : taken) {
        assertThat(span.span().failed()).isTrue();
        assertThat(span.attribute("http.response.status_code")).isNull();
      }
      RecordedSpan last = taken.get(taken.size() - 1);
      assertThat((String) last.attribute("error.type"))
          .isIn("java.net.SocketException", "java.io.IOException");
      for (int i = 0; i < taken.size(); i++) {
        assertThat(resetting.requests().get(i).toLowerCase(Locale.ROOT))
            .contains("traceparent: " + traceparent(taken.get(i)));
      }
    }
  }

  @Test
  void timeoutIsError() {
    assertThatThrownBy(() -> sendImpatiently(Request.get(server.url("/silent")))).isNotNull();

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("error.type")).isEqualTo(timeoutType());
    assertThat(span.attribute("http.response.status_code")).isNull();
  }

  @Test
  void ipv6AddressHasNoBrackets() throws Exception {
    assumeThat(hasIpv6()).as("IPv6 on this machine").isTrue();
    try (LoopbackServer ipv6 = LoopbackServer.ipv6()) {
      send(Request.get(ipv6.url("/hello")));

      RecordedSpan span = spans.takeOne();
      assertThat(span.attribute("server.address")).isEqualTo("::1");
      assertThat(span.attribute("server.port")).isEqualTo((long) ipv6.port());
      assertThat(span.attribute("url.full")).isEqualTo(ipv6.url("/hello"));
    }
  }

  @Test
  void reusedConnectionCarriesEachSpan() throws Exception {
    send(Request.get(server.url("/hello")));
    send(Request.get(server.url("/hello")));

    List<RecordedSpan> taken = spans.take(2);
    List<LoopbackServer.Received> received = server.received();
    assertThat(received.get(0).client()).isEqualTo(received.get(1).client());
    assertThat(received.get(0).header("traceparent")).isEqualTo(traceparent(taken.get(0)));
    assertThat(received.get(1).header("traceparent")).isEqualTo(traceparent(taken.get(1)));
    assertThat(taken).allSatisfy(span -> assertThat(span.parentSpanId()).isZero());
    assertThat(taken)
        .allSatisfy(span -> assertThat(span.attribute("http.request.resend_count")).isNull());
  }

  @Test
  void headersOfTheApplicationArrive() throws Exception {
    send(new Request("GET", server.url("/hello"), Map.of("X-Color", List.of("blue")), null));

    spans.takeOne();
    assertThat(server.received().get(0).header("x-color")).isEqualTo("blue");
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

  @Test
  void sizesOfBodiesAreToldIfTheOperatorWantsThem() throws Exception {
    wantSizes();

    send(Request.post(server.url("/echo"), "some text"));

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("http.request.body.size")).isEqualTo(sizeOfSentBody(9L));
    assertThat(span.attribute("http.response.body.size")).isEqualTo(9L);
    // The span is handed over before it is measured.
    await().until(() -> measured(ExperimentalMetrics.CLIENT_RESPONSE_BODY, server.port()) == 1);
  }

  @Test
  void requestWithoutABodyHasNoSize() throws Exception {
    wantSizes();

    send(Request.get(server.url("/hello")));

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("http.request.body.size")).isNull();
    assertThat(span.attribute("http.response.body.size")).isEqualTo(5L);
    assertThat(measured(ExperimentalMetrics.CLIENT_REQUEST_BODY, server.port())).isZero();
  }

  @Test
  void headOfAResponseIsNoBody() throws Exception {
    wantSizes();

    send(new Request("HEAD", server.url("/hello"), Map.of(), null));

    assertThat(spans.takeOne().attribute("http.response.body.size")).isNull();
  }

  /** What the agent can tell of a body of that size. */
  protected @Nullable Long sizeOfSentBody(Long size) {
    return size;
  }

  private static void wantSizes() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(null, null, true)));
  }

  private long measured(Histogram histogram, int port) {
    int position = histogram.keys().indexOf(HttpAttributes.SERVER_PORT);
    return histogram.allSeries().stream()
        .filter(series -> Objects.equals(series.value(position), (long) port))
        .mapToLong(this::countInThisTest)
        .sum();
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

  @Test
  void innerClientIsSilent() {
    ClientCalls outer = new ClientCalls();
    outer.around(() -> sendUnchecked(Request.get(server.url("/hello"))));

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().scope().name()).isEqualTo("io.otlpagent.outer");
    assertThat(server.received().get(0).header("traceparent")).isNull();
  }

  protected final Response sendUnchecked(Request request) {
    try {
      return send(request);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header that carries the ids of a span. */
  protected static String traceparent(RecordedSpan span) {
    return String.format("00-%s-%016x-%02x", span.traceId(), span.spanId(), span.span().flags());
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
  }

  /** Spans are handed over before they are measured. */
  private void awaitMeasurements(int count, int port, Long status, String errorType) {
    await().untilAsserted(() -> assertThat(measurements(port, status, errorType)).isEqualTo(count));
  }

  private long measurements(int port, Long status, String errorType) {
    Histogram histogram = DurationHistograms.HTTP_CLIENT;
    List<Object> expected = Arrays.asList("127.0.0.1", (long) port, "GET", status, errorType);
    long count = 0;
    for (Histogram.Series series : histogram.allSeries()) {
      List<Object> actual = new ArrayList<>();
      actual.add(series.value(histogram.keys().indexOf(HttpAttributes.SERVER_ADDRESS)));
      actual.add(series.value(histogram.keys().indexOf(HttpAttributes.SERVER_PORT)));
      actual.add(series.value(histogram.keys().indexOf(HttpAttributes.HTTP_REQUEST_METHOD)));
      actual.add(series.value(histogram.keys().indexOf(HttpAttributes.HTTP_RESPONSE_STATUS_CODE)));
      actual.add(series.value(histogram.keys().indexOf(HttpAttributes.ERROR_TYPE)));
      if (actual.equals(expected)) {
        count += countInThisTest(series);
      }
    }
    return count;
  }

  private long countInThisTest(Histogram.Series series) {
    return series.count() - countsBefore.getOrDefault(series, 0L);
  }
}
