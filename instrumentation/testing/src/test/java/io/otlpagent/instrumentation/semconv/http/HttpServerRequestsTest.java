package io.otlpagent.instrumentation.semconv.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.testing.TestRequest;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class HttpServerRequestsTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final TestRequest request = new TestRequest("GET", "/x");
  private final HttpServerRequests<TestRequest, Integer> requests =
      new HttpServerRequests<>("test", request);

  @AfterEach
  void restore() {
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  void requestIsCurrentBetweenResumeAndLeaveOnly() {
    HttpServerSpan span = begin();
    assertThat(Context.current()).isNull();

    Object resumed = HttpServerRequests.resume(span);

    assertThat(Context.current()).isSameAs(span);
    assertThat(HttpServerRequests.resume(span)).isNull();
    HttpServerRequests.leave(span, resumed);
    assertThat(Context.current()).isNull();
    requests.complete(span, request, 200, null);
    assertThat(spans.takeOne().attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void threadsMayOverlap() throws InterruptedException {
    HttpServerSpan span = begin();
    Object here = HttpServerRequests.resume(span);
    Object[] there = new Object[2];
    Thread other =
        new Thread(
            () -> {
              Object resumed = HttpServerRequests.resume(span);
              there[0] = Context.current();
              HttpServerRequests.leave(span, resumed);
              there[1] = Context.current();
            });
    other.start();
    other.join();

    assertThat(there).containsExactly(span, null);
    assertThat(Context.current()).isSameAs(span);
    HttpServerRequests.leave(span, here);
    assertThat(Context.current()).isNull();
    requests.complete(span, request, 200, null);
    spans.takeOne();
  }

  @Test
  void firstCompletionCounts() {
    HttpServerSpan span = begin();

    requests.complete(span, request, 200, null);
    requests.complete(span, request, 500, new IOException());

    RecordedSpan ended = spans.takeOne();
    assertThat(ended.span().failed()).isFalse();
    assertThat(HttpServerRequests.resume(span)).isNull();
  }

  @Test
  void requestThatWasNeverAnsweredIsAnError() {
    requests.complete(begin(), request, null, null);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().errorType()).isEqualTo("_OTHER");
    assertThat(span.attributes()).doesNotContainKey("http.response.status_code");
  }

  @Test
  void exceptionThatTheServerAnswersWith400IsNoError() {
    RecordedSpan span = answered(false, 400);

    assertThat(span.span().failed()).isFalse();
    assertThat(span.span().exception()).isNull();
    assertThat(span.span().statusMessage()).isNull();
  }

  @Test
  void exceptionThatComesTooLateForAnAnswerStaysAnError() {
    assertThat(answered(true, 400).span().failed()).isTrue();
    assertThat(answered(false, 503).span().errorType())
        .isEqualTo("java.lang.IllegalStateException");
  }

  private RecordedSpan answered(boolean committed, int status) {
    HttpServerSpan span = begin();
    assertThat(span.enterApplication()).isTrue();
    assertThat(span.enterApplication()).isFalse();
    span.leaveApplication(new IllegalStateException("refused"), committed);
    requests.complete(span, request, status, null);
    return spans.takeOne();
  }

  @Test
  void abandonedSpanWasNeverThere() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(new HttpOptions(null, null, true), null));

    HttpServerRequests.abandon(begin());

    assertThat(spans.started()).isZero();
    assertThat(ExperimentalMetrics.SERVER_ACTIVE.series("GET", "http").sum()).isZero();
    spans.sampler(Sampler.ALWAYS_OFF);
    HttpServerRequests.abandon(begin());
    assertThat(spans.notSampled()).isZero();
  }

  private HttpServerSpan begin() {
    return requireNonNull(requests.begin(request));
  }
}
