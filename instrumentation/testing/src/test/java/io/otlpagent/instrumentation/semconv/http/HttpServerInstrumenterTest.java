package io.otlpagent.instrumentation.semconv.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.metrics.HistogramSettings;
import io.otlpagent.instrumentation.metrics.UpDownCounter;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.TestRequest;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TailRule;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import io.otlpagent.instrumentation.trace.sampling.LayeredSampler;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.sampling.RatioSampler;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpServerInstrumenterTest {

  private final List<Span> ended = new ArrayList<>();
  private final TestRequest getter = new TestRequest("", "");
  private final HttpServerInstrumenter<TestRequest, Integer> instrumenter =
      new HttpServerInstrumenter<>("test", getter);

  @BeforeEach
  void install() {
    install(Sampler.ALWAYS_ON);
  }

  @AfterEach
  void restore() {
    Tracer.uninstall();
    SemconvSettings.install(SemconvSettings.DEFAULT);
    assertThat(Context.current()).isNull();
  }

  @Test
  void spanSaysWhatTheRequestSays() {
    TestRequest request =
        new TestRequest("GET", "/owners/4;jsessionid=A?token=x&a=1")
            .header("Host", "shop.example:8080")
            .header("User-Agent", "curl/8");

    Span span = handle(request, 200, null, RouteSource.CONTROLLER, "/owners/{id}");

    assertThat(span.name()).isEqualTo("GET /owners/{id}");
    assertThat(span.failed()).isFalse();
    assertThat(attributes(span))
        .containsOnly(
            entry("http.request.method", "GET"),
            entry("url.scheme", "http"),
            entry("url.path", "/owners/4"),
            entry("url.query", "token=REDACTED&a=1"),
            entry("http.route", "/owners/{id}"),
            entry("http.response.status_code", 200L),
            entry("network.protocol.version", "1.1"),
            entry("user_agent.original", "curl/8"),
            entry("server.address", "shop.example"),
            entry("server.port", 8080L),
            entry("client.address", "192.0.2.1"),
            entry("network.peer.address", "192.0.2.1"),
            entry("network.peer.port", 51_000L));
  }

  @Test
  void requestsThatDifferInOneThingDoNotGetTheAttributesOfEachOther() {
    for (int i = 0; i < 2000; i++) {
      String method = i % 2 == 0 ? "GET" : "POST";
      int status = i % 3 == 0 ? 200 : 404;
      String route = i % 5 == 0 ? "/a" : "/b";
      String host = "host" + i % 700;
      TestRequest request = new TestRequest(method, "/").header("Host", host);
      if (i % 7 == 0) {
        request.header("X-Forwarded-Proto", "https");
      }
      if (i % 11 == 0) {
        request.header("X-Forwarded-Host", "proxy");
      }

      Span span = handle(request, status, null, RouteSource.CONTROLLER, route);

      assertThat(span.name()).isEqualTo(method + " " + route);
      assertThat(attributes(span))
          .contains(
              entry("http.request.method", method),
              entry("http.response.status_code", (long) status),
              entry("http.route", route),
              entry("url.scheme", i % 7 == 0 ? "https" : "http"),
              entry("server.address", i % 11 == 0 ? "proxy" : host));
    }
  }

  @Test
  void forwardedHeadersDescribeTheOriginalRequest() {
    TestRequest request =
        new TestRequest("GET", "/")
            .header("Host", "10.0.0.1:8080")
            .header("X-Forwarded-For", "198.51.100.7, 10.0.0.2")
            .header("X-Forwarded-Proto", "https")
            .header("X-Forwarded-Host", "[2001:db8::1]:8443");

    Span span = handle(request, 200);

    assertThat(attributes(span))
        .contains(
            entry("url.scheme", "https"),
            entry("server.address", "2001:db8::1"),
            entry("server.port", 8443L),
            entry("client.address", "198.51.100.7"),
            entry("network.peer.address", "192.0.2.1"));
  }

  @Test
  void headersThatTheOperatorWantsAreKeptWithoutSecrets() {
    SemconvSettings.install(
        withHeaders(
            new HeaderCapture(
                "request",
                List.of("X-Tenant", "Authorization", "X-Absent"),
                HeaderCapture.DEFAULT_SECRET_HEADERS),
            new HeaderCapture("response", List.of("x-status"), Set.of("x-other"))));
    TestRequest request =
        new TestRequest("GET", "/").header("X-Tenant", "a").header("Authorization", "hush");

    assertThat(attributes(handle(request, 200)))
        .contains(
            entry("http.request.header.x-tenant", List.of("a")),
            entry("http.request.header.authorization", List.of("REDACTED")),
            entry("http.response.header.x-status", List.of("200")))
        .doesNotContainKey("http.request.header.x-absent");
  }

  @Test
  void untrustedForwardedHeadersAreIgnored() {
    SemconvSettings.install(
        new SemconvSettings(
            SemconvSettings.DEFAULT_KNOWN_METHODS,
            SemconvSettings.DEFAULT_SIGNATURE_KEYS,
            SemconvSettings.DEFAULT_SECRET_KEYS,
            false,
            true));
    TestRequest request =
        new TestRequest("GET", "/")
            .header("Host", "here")
            .header("Forwarded", "for=1.2.3.4;proto=https;host=there");

    assertThat(attributes(handle(request, 200)))
        .contains(
            entry("url.scheme", "http"),
            entry("server.address", "here"),
            entry("client.address", "192.0.2.1"))
        .doesNotContainKey("server.port");
  }

  @Test
  void unknownMethodIsOther() {
    Span span = handle(new TestRequest("FOO", "/x"), 405);

    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(attributes(span))
        .contains(
            entry("http.request.method", "_OTHER"), entry("http.request.method_original", "FOO"));
  }

  @Test
  void methodsAreCaseSensitive() {
    Span span = handle(new TestRequest("get", "/x"), 200);

    assertThat(attributes(span)).contains(entry("http.request.method_original", "get"));
  }

  @Test
  void clientErrorsAreNotErrorsOfTheServer() {
    Span span = handle(new TestRequest("GET", "/x"), 404);

    assertThat(span.failed()).isFalse();
    assertThat(attributes(span)).doesNotContainKey("error.type");
  }

  @Test
  void serverErrorsFailTheSpan() {
    for (int status : new int[] {500, 503, 599, 600, 999, 42}) {
      Span span = handle(new TestRequest("GET", "/x"), status);

      assertThat(span.failed()).isTrue();
      assertThat(span.statusMessage()).isNull();
      assertThat(attributes(span)).contains(entry("error.type", String.valueOf(status)));
    }
  }

  @Test
  void escapedExceptionFailsTheSpanAndIsItsEvent() {
    Span span =
        handle(new TestRequest("GET", "/x"), 200, new IllegalStateException("no"), null, "");

    assertThat(span.failed()).isTrue();
    assertThat(span.statusMessage()).isEqualTo("no");
    assertThat(requireNonNull(span.exception()).type())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(attributes(span))
        .contains(
            entry("error.type", "java.lang.IllegalStateException"),
            entry("http.response.status_code", 500L));
  }

  @Test
  void spanContinuesTheTraceOfTheCaller() {
    TestRequest request =
        new TestRequest("GET", "/x")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .header("tracestate", "a=1")
            .header("baggage", "b=2");

    Span span = handle(request, 200);

    assertThat(span.traceIdHigh()).isEqualTo(0x0af7651916cd43ddL);
    assertThat(span.parentSpanId()).isEqualTo(0xb7ad6b7169203331L);
    assertThat(span.parentRemote()).isTrue();
    assertThat(span.traceState()).isEqualTo("a=1");
    assertThat(span.baggage()).isEqualTo("b=2");
  }

  @Test
  void moreExactRouteWinsAndTheFirstOfItsKind() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));

    span.route(RouteSource.SERVLET, "", "/*");
    assertThat(span.route()).isNull();
    span.route(RouteSource.SERVLET, "/app", "/x/*");
    span.route(RouteSource.SERVLET, "/app", "/y/*");
    assertThat(span.route()).isEqualTo("/app/x/*");
    span.route(RouteSource.CONTROLLER, "/app", "/x/{id}");
    span.route(RouteSource.CONTROLLER, "", "/error");
    span.route(RouteSource.SERVLET, "", "/z");
    assertThat(span.route()).isEqualTo("/app/x/{id}");
  }

  @Test
  void patternThatMatchesAllIsNoRoute() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));

    for (String pattern : new String[] {"", "/*", "/**", "/"}) {
      span.route(RouteSource.SERVLET, "", pattern);
    }
    assertThat(span.route()).isNull();
    span.route(RouteSource.CONTROLLER, "/app", "/**");
    span.route(RouteSource.CONTROLLER, "", "/**");
    assertThat(span.route()).isNull();
    span.route(RouteSource.CONTROLLER, "", "/");
    assertThat(span.route()).isEqualTo("/");
  }

  @Test
  void patternThatMatchesAllBelowAContextPathNamesTheApplication() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));

    span.route(RouteSource.SERVLET, "/app", "/*");
    assertThat(span.route()).isEqualTo("/app/*");
    span.route(RouteSource.CONTROLLER, "/app", "/x/{id}");
    assertThat(span.route()).isEqualTo("/app/x/{id}");
  }

  @Test
  void routeOfAnEndedSpanStays() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));
    instrumenter.end(span, 200, null);

    span.route(RouteSource.CONTROLLER, "", "/late");

    assertThat(span.route()).isNull();
  }

  @Test
  void requestWithinARequestHasNoSpan() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));
    span.hold();
    Context.enter(span);

    assertThat(instrumenter.start(new TestRequest("GET", "/y"))).isNull();

    span.release();
    Context.exit(span);
  }

  @Test
  void requestInATaskOfAnotherRequestHasItsSpan() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));
    Context.enter(span);

    HttpServerSpan other = start(new TestRequest("GET", "/y"));

    assertThat(other.parentSpanId()).isZero();
    Context.exit(span);
  }

  @Test
  void spanThatLeakedIntoTheNextRequestOfItsThreadHidesNothing() {
    HttpServerSpan span = start(new TestRequest("GET", "/x"));
    Context.enter(span);
    instrumenter.end(span, 200, null);

    assertThat(instrumenter.start(new TestRequest("GET", "/y"))).isNotNull();

    Context.exit(span);
  }

  @Test
  void nothingStartsWithoutATracer() {
    Tracer.uninstall();

    assertThat(instrumenter.start(new TestRequest("GET", "/x"))).isNull();
  }

  @Test
  void endingTwiceCountsOnce() {
    HttpServerSpan span = start(new TestRequest("GET", "/twice"));
    span.route(RouteSource.CONTROLLER, "", "/twice");

    instrumenter.end(span, 200, null);
    instrumenter.end(span, 500, new IllegalStateException());

    assertThat(ended).containsExactly(span);
    assertThat(span.failed()).isFalse();
    assertThat(measured("GET", "/twice", 200, null)).isEqualTo(1);
  }

  @Test
  void unsampledRequestIsMeasuredLikeOthers() {
    handle(new TestRequest("PUT", "/m"), 503, null, RouteSource.CONTROLLER, "/measured");
    install(Sampler.ALWAYS_OFF);
    handle(new TestRequest("PUT", "/m"), 503, null, RouteSource.CONTROLLER, "/measured");

    assertThat(ended).hasSize(1);
    assertThat(measured("PUT", "/measured", 503, "503")).isEqualTo(2);
  }

  @Test
  void aRuleSeesMethodAndPath() {
    SamplingRule ignore =
        new SamplingRule("rule 1", new SamplingRule.Match(null, "GET", "/health/*"), 0, 0);
    install(
        new LayeredSampler(
            new ParentBasedSampler(Sampler.ALWAYS_ON), new SamplingRule[] {ignore}, 0, null));

    handle(new TestRequest("GET", "/health/live"), 200);
    handle(new TestRequest("POST", "/health/live"), 200);
    handle(new TestRequest("GET", "/orders"), 200);

    assertThat(ended)
        .extracting(span -> attributes(span).get("url.path"))
        .containsExactly("/health/live", "/orders");
  }

  @Test
  void aFailedRequestThatWasNotSampledIsKeptWithAllItsAttributes() {
    Sampler none = new ParentBasedSampler(new RatioSampler(0));
    TailRule tailRule = new TailRule(true, 0, 512, 8192);
    install(new LayeredSampler(none, new SamplingRule[0], 0, tailRule));
    SemconvSettings.install(
        withHeaders(null, new HeaderCapture("response", List.of("x-status"), Set.of())));

    handle(new TestRequest("GET", "/orders"), 404);
    handle(new TestRequest("GET", "/orders"), 500);

    assertThat(ended).hasSize(1);
    assertThat(attributes(ended.get(0)))
        .containsEntry("url.path", "/orders")
        .containsEntry("http.response.status_code", 500L)
        .containsEntry("error.type", "500")
        .containsEntry("http.response.header.x-status", List.of("500"));
  }

  @Test
  void aRequestThatIsNotSampledIsNotedByItsMethodAndPath() {
    install(Sampler.ALWAYS_OFF);

    handle(new TestRequest("GET", "/orders"), 200);

    assertThat(requireNonNull(Tracer.installed()).unsampledRequests().entries())
        .singleElement()
        .hasToString("GET /orders: sampler always_off");
  }

  @Test
  void sizesAndRequestsUnderWayAreToldIfTheOperatorWantsThem() {
    install(Sampler.ALWAYS_OFF);
    wantExperimental();
    UpDownCounter.Series active = ExperimentalMetrics.SERVER_ACTIVE.series("PUT", "https");
    Histogram.Series sizes =
        ExperimentalMetrics.SERVER_REQUEST_BODY.series("PUT", "https", null, 204L, null, "1.1");
    TestRequest request =
        new TestRequest("PUT", "/x")
            .header("Content-Length", "300")
            .header("X-Forwarded-Proto", "https");

    HttpServerSpan span = start(request);
    long during = active.sum();
    // Whoever changes his mind meanwhile does not leave it there.
    SemconvSettings.install(SemconvSettings.DEFAULT);
    instrumenter.end(span, 204, null);
    instrumenter.end(span, 204, null);

    assertThat(during).isEqualTo(1);
    assertThat(active.sum()).isZero();
    assertThat(sizes.count()).isEqualTo(1);
    assertThat(sizes.sum()).isEqualTo(300.0);
  }

  @Test
  void lengthThatIsNoNumberIsNoSize() {
    wantExperimental();
    for (String length : new String[] {"", "-1", "1e3", "12345678901234567890", "5,5"}) {
      TestRequest request = new TestRequest("POST", "/x").header("Content-Length", length);

      assertThat(attributes(handle(request, 200)))
          .doesNotContainKey("http.request.body.size")
          .contains(entry("http.response.body.size", 12L));
    }
  }

  @Test
  void lengthOfWhatIsNotSentIsNoSize() {
    wantExperimental();

    assertThat(attributes(handle(new TestRequest("HEAD", "/x"), 200)))
        .doesNotContainKey("http.response.body.size");
    assertThat(attributes(handle(new TestRequest("GET", "/x"), 304)))
        .doesNotContainKey("http.response.body.size");
  }

  @Test
  void requestsUnderWayAreBounded() {
    wantExperimental();
    HistogramSettings.install(
        new HistogramSettings(
            1,
            HistogramSettings.ExemplarFilter.ALWAYS_OFF,
            HistogramSettings.Aggregation.EXPLICIT_BUCKET_HISTOGRAM));
    long before = ExperimentalMetrics.SERVER_ACTIVE.overflow().sum();

    HttpServerSpan span = start(new TestRequest("OPTIONS", "/x"));
    long during = ExperimentalMetrics.SERVER_ACTIVE.overflow().sum();
    instrumenter.end(span, 200, null);
    HistogramSettings.install(HistogramSettings.DEFAULT);

    assertThat(during - before).isEqualTo(1);
    assertThat(ExperimentalMetrics.SERVER_ACTIVE.overflow().sum()).isEqualTo(before);
  }

  @Test
  void requestEndsThoughItsResponseDoesNotTell() {
    wantExperimental();
    long before = ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").sum();
    IllegalStateException thrown = new IllegalStateException();
    HttpServerSpan span = start(new TestRequest("GET", "/gone"));
    HttpServerSpan failed = start(new TestRequest("GET", "/gone"));

    instrumenter.end(span, -1, null);
    instrumenter.end(failed, -1, thrown);

    assertThat(ended).containsExactly(span, failed);
    assertThat(attributes(span)).doesNotContainKeys("http.response.status_code", "error.type");
    assertThat(attributes(failed)).containsEntry("error.type", thrown.getClass().getName());
    assertThat(ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").sum()).isEqualTo(before);
  }

  private static void wantExperimental() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(new HttpOptions(null, null, true), null));
  }

  private static SemconvSettings withHeaders(
      @Nullable HeaderCapture requests, HeaderCapture responses) {
    return SemconvSettings.DEFAULT.withHttp(new HttpOptions(requests, responses, false), null);
  }

  private static long measured(
      String method, String route, int status, @Nullable String errorType) {
    long count = 0;
    for (long bucket :
        DurationHistograms.HTTP_SERVER
            .series(method, "http", route, (long) status, errorType, "1.1")
            .bucketCounts()) {
      count += bucket;
    }
    return count;
  }

  private void install(Sampler sampler) {
    Tracer.install(
        new Tracer(
            sampler, new IdGenerator(1, 2), new TimeSource(), new SpanCounters(), ended::add));
  }

  private HttpServerSpan start(TestRequest request) {
    return requireNonNull(instrumenter.start(request));
  }

  private Span handle(TestRequest request, int status) {
    return handle(request, status, null, null, "");
  }

  private Span handle(
      TestRequest request,
      int status,
      @Nullable Throwable thrown,
      @Nullable RouteSource source,
      String route) {
    HttpServerSpan span = start(request);
    Context.enter(span);
    if (source != null) {
      HttpServerInstrumenter.route(source, "", route);
    }
    Context.exit(span);
    instrumenter.end(span, status, thrown);
    return span;
  }

  private static Map<String, Object> attributes(Span span) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    span.writeAttributes(
        new AttributeWriter() {
          @Override
          public void put(AttributeKey key, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
              attributes.put(key.name(), value);
            }
          }

          @Override
          public void put(AttributeKey key, long value) {
            attributes.put(key.name(), value);
          }

          @Override
          public void put(AttributeKey key, boolean value) {
            attributes.put(key.name(), value);
          }

          @Override
          public void put(AttributeKey key, List<String> values) {
            attributes.put(key.name(), values);
          }
        });
    return attributes;
  }
}
