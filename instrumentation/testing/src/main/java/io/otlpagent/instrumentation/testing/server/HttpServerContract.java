package io.otlpagent.instrumentation.testing.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the span and the metric of a request must say, whatever server received it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HttpServerContract {

  @RegisterExtension protected final SpanRecorder spans = new SpanRecorder();

  private ServletServer server;

  /** Starts the server with the application of {@code io.otlpagent.fixture}. */
  protected abstract ServletServer start();

  @BeforeAll
  void startServer() {
    server = start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @AfterEach
  void restoreSettings() {
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  protected final int port() {
    return server.port();
  }

  protected final RawHttp send(String... request) {
    return RawHttp.send(server.port(), request);
  }

  protected final RawHttp get(String path) {
    return send("GET /app" + path + " HTTP/1.1");
  }

  @Test
  void spanSaysWhatTheRequestSays() {
    RawHttp response =
        send(
            "GET /app/items/4;jsessionid=A?token=secret&a=1 HTTP/1.1",
            "Host: shop.example:8080",
            "User-Agent: test/1");

    assertThat(response.status()).isEqualTo(200);
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/items/*");
    assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.parentSpanId()).isZero();
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attribute("network.peer.port")).isInstanceOf(Long.class);
    Map<String, Object> attributes = new TreeMap<>(span.attributes());
    attributes.remove("network.peer.port");
    assertThat(attributes)
        .containsOnly(
            entry("http.request.method", "GET"),
            entry("url.scheme", "http"),
            entry("url.path", "/app/items/4"),
            entry("url.query", "token=REDACTED&a=1"),
            entry("http.route", "/app/items/*"),
            entry("http.response.status_code", 200L),
            entry("network.protocol.version", "1.1"),
            entry("user_agent.original", "test/1"),
            entry("server.address", "shop.example"),
            entry("server.port", 8080L),
            entry("client.address", "127.0.0.1"),
            entry("network.peer.address", "127.0.0.1"));
  }

  @Test
  void statusCode404IsNoError() {
    assertThat(get("/status/404").status()).isEqualTo(404);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/status/*");
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .contains(entry("http.response.status_code", 404L))
        .doesNotContainKey("error.type");
  }

  @Test
  void statusCode500IsAnError() {
    assertThat(get("/status/500").status()).isEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/status/*");
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().statusMessage()).isNull();
    assertThat(span.attributes())
        .contains(entry("http.response.status_code", 500L), entry("error.type", "500"));
  }

  @Test
  void escapedExceptionIsAnErrorAndAnEvent() {
    assertThat(get("/throw").status()).isEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().statusMessage()).isEqualTo("thrown by the application");
    assertThat(span.attributes())
        .contains(
            entry("http.response.status_code", 500L),
            entry("error.type", "java.lang.IllegalStateException"));
    assertThat(requireNonNull(span.span().exception()).message())
        .isEqualTo("thrown by the application");
  }

  @Test
  void exceptionAfterTheResponseWasSentKeepsItsStatus() {
    assertThat(get("/throw-committed").status()).isEqualTo(200);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attributes())
        .contains(
            entry("http.response.status_code", 200L),
            entry("error.type", "java.lang.IllegalStateException"));
  }

  @Test
  void unknownMethodIsOther() {
    send("FOO /app/items/1 HTTP/1.1");

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("HTTP /app/items/*");
    assertThat(span.attributes())
        .contains(
            entry("http.request.method", "_OTHER"), entry("http.request.method_original", "FOO"));
  }

  @Test
  void olderProtocolIsTold() {
    send("GET /app/ok HTTP/1.0");

    assertThat(spans.takeOne().attribute("network.protocol.version")).isEqualTo("1.0");
  }

  @Test
  void forwardedHeadersDescribeTheOriginalRequest() {
    send(
        "GET /app/ok HTTP/1.1",
        "X-Forwarded-For: 198.51.100.7:4711, 10.0.0.2",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: shop.example");

    assertThat(spans.takeOne().attributes())
        .contains(
            entry("url.scheme", "https"),
            entry("server.address", "shop.example"),
            entry("client.address", "198.51.100.7"),
            entry("network.peer.address", "127.0.0.1"))
        .doesNotContainKey("server.port");
  }

  @Test
  void forwardedHeaderComesBeforeTheOlderOnes() {
    send(
        "GET /app/ok HTTP/1.1",
        "Forwarded: for=\"[2001:db8::1]:4711\";proto=https;host=\"shop.example:8443\"",
        "X-Forwarded-For: 198.51.100.7",
        "X-Forwarded-Proto: http");

    assertThat(spans.takeOne().attributes())
        .contains(
            entry("url.scheme", "https"),
            entry("server.address", "shop.example"),
            entry("server.port", 8443L),
            entry("client.address", "2001:db8::1"));
  }

  @Test
  void addressOfVersion6HasNoBrackets() {
    send("GET /app/ok HTTP/1.1", "Host: [::1]:8080");

    assertThat(spans.takeOne().attributes())
        .contains(entry("server.address", "::1"), entry("server.port", 8080L));
  }

  @Test
  void traceOfTheCallerIsContinued() {
    send(
        "GET /app/ok HTTP/1.1",
        "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "Tracestate: a=1",
        "Tracestate: b=2",
        "Baggage: user=7");

    RecordedSpan span = spans.takeOne();
    assertThat(span.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(span.parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
    assertThat(span.span().parentRemote()).isTrue();
    assertThat(span.span().traceState()).isEqualTo("a=1,b=2");
    assertThat(span.span().baggage()).isEqualTo("user=7");
  }

  @Test
  void tracesOfOtherTracersAreContinued() {
    spans.propagators("xray", "ottrace", "jaeger");
    send(
        "GET /app/ok HTTP/1.1",
        "X-Amzn-Trace-Id: Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1",
        "Uberctx-User: 7");
    send(
        "GET /app/ok HTTP/1.1",
        "Ot-Tracer-Traceid: 0af7651916cd43dd8448eb211c80319c",
        "Ot-Tracer-Spanid: b7ad6b7169203331",
        "Ot-Tracer-Sampled: true",
        "Ot-Baggage-User: 7");

    for (RecordedSpan span : spans.take(2)) {
      assertThat(span.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
      assertThat(span.parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
      assertThat(span.span().baggage()).isEqualTo("user=7");
    }
  }

  @Test
  void unsampledTraceOfTheCallerStaysUnsampled() {
    send(
        "GET /app/ok HTTP/1.1",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");

    assertThat(spans.notSampled()).isEqualTo(1);
  }

  @Test
  void invalidTraceOfTheCallerIsIgnored() {
    send(
        "GET /app/ok HTTP/1.1",
        "traceparent: 00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "tracestate: a=1");
    send(
        "GET /app/ok HTTP/1.1",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "traceparent: 00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-01");

    for (RecordedSpan span : spans.take(2)) {
      assertThat(span.parentSpanId()).isZero();
      assertThat(span.traceId()).doesNotStartWith("0af7651916cd43dd");
      assertThat(span.span().traceState()).isNull();
    }
  }

  @Test
  void spanIsCurrentInTheHandler() {
    RawHttp response = get("/context");

    assertThat(response.body()).contains(String.format("%016x", spans.takeOne().spanId()));
  }

  @Test
  void eachRequestHasItsSpan() {
    get("/ok");
    get("/ok");
    get("/items/1");

    assertThat(spans.take(3)).extracting(RecordedSpan::traceId).doesNotHaveDuplicates();
  }

  @Test
  void unsampledRequestIsMeasuredLikeOthers() {
    Map<String, Long> atFirst = measurements();
    get("/items/1");
    get("/status/500");
    get("/throw");
    spans.take(3);
    Map<String, Long> three =
        Map.of(
            "GET http /app/items/* 200 null 1.1 ", 1L,
            "GET http /app/status/* 500 500 1.1 ", 1L,
            "GET http /app/throw 500 java.lang.IllegalStateException 1.1 ", 1L);
    // Spans are handed over before they are measured.
    await()
        .untilAsserted(
            () -> assertThat(difference(measurements(), atFirst)).containsAllEntriesOf(three));
    Map<String, Long> sampled = measurements();

    spans.sampler(Sampler.ALWAYS_OFF);
    get("/items/1");
    get("/status/500");
    get("/throw");

    await()
        .untilAsserted(
            () -> assertThat(difference(measurements(), sampled)).containsAllEntriesOf(three));
    assertThat(spans.notSampled()).isEqualTo(3);
  }

  @Test
  void sizesOfBodiesAreToldIfTheOperatorWantsThem() {
    HttpOptions experimental = new HttpOptions(null, null, true);
    SemconvSettings.install(SemconvSettings.DEFAULT.withHttp(experimental, null));
    Map<String, Long> requests = measurements(ExperimentalMetrics.SERVER_REQUEST_BODY);
    Map<String, Long> responses = measurements(ExperimentalMetrics.SERVER_RESPONSE_BODY);

    send("GET /app/sized HTTP/1.1", "Content-Length: 0");

    assertThat(spans.takeOne().attributes())
        .contains(entry("http.request.body.size", 0L), entry("http.response.body.size", 5L));
    Map<String, Long> once = Map.of("GET http /app/sized 200 null 1.1 ", 1L);
    // The span is handed over before it is measured.
    await()
        .untilAsserted(
            () -> {
              assertThat(
                      difference(measurements(ExperimentalMetrics.SERVER_REQUEST_BODY), requests))
                  .containsAllEntriesOf(once);
              assertThat(
                      difference(measurements(ExperimentalMetrics.SERVER_RESPONSE_BODY), responses))
                  .containsAllEntriesOf(once);
              assertThat(ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").sum()).isZero();
            });
  }

  @Test
  void sizesOfBodiesAreNotToldOtherwise() {
    send("GET /app/sized HTTP/1.1", "Content-Length: 0");

    assertThat(spans.takeOne().attributes())
        .doesNotContainKeys("http.request.body.size", "http.response.body.size");
  }

  private static Map<String, Long> measurements() {
    return measurements(DurationHistograms.HTTP_SERVER);
  }

  private static Map<String, Long> measurements(Histogram histogram) {
    Map<String, Long> counts = new TreeMap<>();
    for (Histogram.Series series : histogram.allSeries()) {
      StringBuilder values = new StringBuilder();
      for (int i = 0; i < histogram.keys().size(); i++) {
        values.append(series.value(i)).append(' ');
      }
      counts.put(values.toString(), series.count());
    }
    return counts;
  }

  private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
    Map<String, Long> difference = new TreeMap<>(after);
    before.forEach((values, count) -> difference.merge(values, -count, Long::sum));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }
}
