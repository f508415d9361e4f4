package io.otlpagent.instrumentation.semconv.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.testing.TestRequest;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Tracer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpClientInstrumenterTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final Getter getter = new Getter();
  private final HttpClientInstrumenter<TestRequest, TestResponse> instrumenter =
      new HttpClientInstrumenter<>("test", getter);

  @AfterEach
  void restore() {
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  private record TestRequest(String method, @Nullable URI uri, @Nullable InetSocketAddress peer) {

    static TestRequest get(String url) {
      return new TestRequest("GET", URI.create(url), null);
    }
  }

  private record TestResponse(int status, @Nullable String version) {}

  @Test
  void portDefaultsByScheme() {
    assertThat(end(TestRequest.get("http://host/")).attribute("server.port")).isEqualTo(80L);
    assertThat(end(TestRequest.get("HTTPS://host/")).attribute("server.port")).isEqualTo(443L);
    assertThat(end(TestRequest.get("https://host:8443/")).attribute("server.port"))
        .isEqualTo(8443L);
    assertThat(end(TestRequest.get("ftp://host/")).attribute("server.port")).isNull();
  }

  @Test
  void ipv6AddressHasNoBrackets() {
    RecordedSpan span = end(TestRequest.get("http://[::1]:8080/"));

    assertThat(span.attribute("server.address")).isEqualTo("::1");
    assertThat(span.attribute("url.full")).isEqualTo("http://[::1]:8080/");
  }

  @Test
  void unknownMethodIsOther() {
    RecordedSpan span = end(new TestRequest("FOO", URI.create("http://host/"), null));

    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(span.attribute("http.request.method")).isEqualTo("_OTHER");
    assertThat(span.attribute("http.request.method_original")).isEqualTo("FOO");
  }

  @Test
  void unresolvedPeerIsLeftOut() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("proxy", 3128);
    RecordedSpan span = end(new TestRequest("GET", URI.create("http://host/"), unresolved));

    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "http.request.method", "GET",
                "http.response.status_code", 200L,
                "network.protocol.version", "2",
                "server.address", "host",
                "server.port", 80L,
                "url.full", "http://host/"));
  }

  @Test
  void statusBelow100IsError() {
    RecordedSpan span = end(TestRequest.get("http://host/"), new TestResponse(99, null), null);

    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("error.type")).isEqualTo("99");
  }

  @Test
  void informationAndRedirectAreNoErrors() {
    for (int status : new int[] {101, 204, 302, 399}) {
      TestResponse response = new TestResponse(status, "1.1");
      assertThat(end(TestRequest.get("http://host/"), response, null).span().failed()).isFalse();
    }
  }

  @Test
  void exceptionIsErrorAndEvent() {
    RecordedSpan span =
        end(TestRequest.get("http://host/"), null, new IOException("connection lost"));

    assertThat(span.attribute("error.type")).isEqualTo("java.io.IOException");
    assertThat(span.span().statusMessage()).isEqualTo("connection lost");
    assertThat(Objects.requireNonNull(span.span().exception()).message())
        .isEqualTo("connection lost");
  }

  @Test
  void exceptionOfAFutureIsUnwrapped() {
    IOException cause = new IOException("connection lost");

    RecordedSpan span =
        end(
            TestRequest.get("http://host/"),
            null,
            new CompletionException(new ExecutionException(cause)));

    assertThat(span.attribute("error.type")).isEqualTo("java.io.IOException");
  }

  @Test
  void exceptionWithFailingMessageIsStillAnError() {
    IOException hostile =
        new IOException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("no message");
          }
        };

    RecordedSpan span = end(TestRequest.get("http://host/"), null, hostile);

    assertThat(span.attribute("error.type")).isEqualTo(hostile.getClass().getName());
    assertThat(span.span().statusMessage()).isNull();
  }

  @Test
  void cancellationIsNoError() {
    RecordedSpan cancelled =
        end(TestRequest.get("http://host/"), null, new CancellationException("enough"));
    RecordedSpan abandoned = end(TestRequest.get("http://host/"), null, null);

    assertThat(cancelled.span().failed()).isFalse();
    assertThat(cancelled.span().exception()).isNull();
    assertThat(abandoned.span().failed()).isFalse();
  }

  @Test
  void lostAttemptIsError() {
    TestRequest request = TestRequest.get("http://host/");
    HttpClientSpan span = instrumenter.start(request);

    instrumenter.endLost(span, request, "connection_closed");

    RecordedSpan recorded = spans.takeOne();
    assertThat(recorded.span().failed()).isTrue();
    assertThat(recorded.attribute("error.type")).isEqualTo("connection_closed");
  }

  @Test
  void onlyTheFirstEndCounts() {
    TestRequest request = TestRequest.get("http://host/");
    HttpClientSpan span = instrumenter.start(request);

    instrumenter.end(span, request, new TestResponse(200, "1.1"), null);
    instrumenter.end(span, request, null, new IOException("late"));

    assertThat(spans.takeOne().span().failed()).isFalse();
  }

  @Test
  void innerClientIsSilentWhileTheOuterIsInProgress() {
    TestRequest request = TestRequest.get("http://host/");
    HttpClientSpan outer = Objects.requireNonNull(instrumenter.start(request));
    Context.enter(outer);

    HttpClientSpan inner = instrumenter.start(request);
    instrumenter.end(outer, request, new TestResponse(200, "1.1"), null);
    HttpClientSpan after = instrumenter.start(request);
    instrumenter.end(after, request, new TestResponse(200, "1.1"), null);
    Context.exit(outer);

    assertThat(inner).isNull();
    assertThat(after).isNotNull();
    spans.take(2);
  }

  @Test
  void innerClientIsSilentBelowASpanOfAnotherKind() {
    TestRequest request = TestRequest.get("http://host/");
    HttpClientSpan outer = Objects.requireNonNull(instrumenter.start(request));
    Context.enter(outer);
    List<HttpClientSpan> inner = new ArrayList<>();
    spans.inSpan("between", () -> inner.add(instrumenter.start(request)));
    instrumenter.end(outer, request, new TestResponse(200, "1.1"), null);
    spans.inSpan("after", () -> inner.add(instrumenter.start(request)));
    Context.exit(outer);
    instrumenter.end(inner.get(1), request, new TestResponse(200, "1.1"), null);

    assertThat(inner.get(0)).isNull();
    assertThat(inner.get(1)).isNotNull();
    spans.take(4);
  }

  @Test
  void clientThatDoesNotKnowTheUrlLeavesTheCallToTheOneInside() {
    assertThat(instrumenter.start(new TestRequest("GET", null, null))).isNull();
  }

  @Test
  void headersThatCannotBeReadAreMissing() {
    HeaderCapture broken = new HeaderCapture("request", List.of("x-broken", "x-fine"), Set.of());
    HeaderCapture missing = new HeaderCapture("response", List.of("x-missing"), Set.of());
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(broken, missing, false)));

    RecordedSpan span = end(TestRequest.get("http://host/"));

    assertThat(span.attributes())
        .containsEntry("http.request.header.x-fine", List.of("yes"))
        .containsEntry("http.response.status_code", 200L)
        .doesNotContainKeys("http.request.header.x-broken", "http.response.header.x-missing");
  }

  @Test
  void headersOfUnsampledRequestsAreNotRead() {
    spans.sampler(Sampler.ALWAYS_OFF);
    HeaderCapture fine = new HeaderCapture("request", List.of("x-fine"), Set.of());
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(fine, fine, false)));
    TestRequest request = TestRequest.get("http://host/");
    HttpClientSpan span = Objects.requireNonNull(instrumenter.start(request));

    instrumenter.sending(span, request);
    instrumenter.end(span, request, new TestResponse(200, "1.1"), null);

    assertThat(getter.headersRead).isZero();
  }

  @Test
  void sizeThatTheHeadersDoNotTellIsAskedForAtTheEnd() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(null, null, true)));

    getter.sentBodySize = 77;
    RecordedSpan known = end(TestRequest.get("http://host/"));
    getter.sentBodySize = -1;
    RecordedSpan unknown = end(TestRequest.get("http://host/"));
    getter.sentBodySize = -2;
    RecordedSpan broken = end(TestRequest.get("http://host/"));

    assertThat(known.attribute("http.request.body.size")).isEqualTo(77L);
    assertThat(unknown.attribute("http.request.body.size")).isNull();
    assertThat(broken.attribute("http.request.body.size")).isNull();
    assertThat(broken.attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void headersThatNobodyWantsAreNotRead() {
    end(TestRequest.get("http://host/"));

    assertThat(getter.headersRead).isZero();
  }

  @Test
  void nothingIsStartedWithoutTracer() {
    Tracer.uninstall();

    HttpClientSpan span = instrumenter.start(TestRequest.get("http://host/"));
    instrumenter.end(span, TestRequest.get("http://host/"), null, null);

    assertThat(span).isNull();
  }

  private RecordedSpan end(TestRequest request) {
    return end(request, new TestResponse(200, "2"), null);
  }

  private RecordedSpan end(
      TestRequest request, @Nullable TestResponse response, @Nullable Throwable thrown) {
    HttpClientSpan span = Objects.requireNonNull(instrumenter.start(request));
    instrumenter.sending(span, request);
    instrumenter.end(span, request, response, thrown);
    return spans.takeOne();
  }

  private static final class Getter implements HttpClientGetter<TestRequest, TestResponse> {

    private int headersRead;
    private long sentBodySize = -1;

    @Override
    public long sentBodySize(TestRequest request) {
      if (sentBodySize < -1) {
        throw new NoSuchFieldError("contentLength");
      }
      return sentBodySize;
    }

    @Override
    public @Nullable List<String> requestHeader(TestRequest request, String name) {
      headersRead++;
      if (name.equals("x-broken")) {
        throw new IllegalStateException("no headers");
      }
      return name.equals("x-fine") ? List.of("yes") : null;
    }

    @Override
    public List<String> responseHeader(TestResponse response, String name) {
      headersRead++;
      throw new NoSuchMethodError(name);
    }

    @Override
    public String method(TestRequest request) {
      return request.method();
    }

    @Override
    public @Nullable HttpUrl url(TestRequest request) {
      return request.uri() == null ? null : HttpUrl.of(request.uri());
    }

    @Override
    public int status(TestResponse response) {
      return response.status();
    }

    @Override
    public @Nullable String protocolVersion(TestResponse response) {
      return response.version();
    }

    @Override
    public @Nullable InetSocketAddress peer(TestRequest request, @Nullable TestResponse response) {
      return request.peer();
    }
  }
}
