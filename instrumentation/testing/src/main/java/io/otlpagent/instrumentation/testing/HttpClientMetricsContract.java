package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics of every HTTP client must be. */
public abstract class HttpClientMetricsContract extends HttpClientCalls {

  // Of the process, whose earlier tests may have had a server at the same port.
  private final Map<Histogram.Series, Long> countsBefore = new IdentityHashMap<>();

  @BeforeEach
  void countBefore() {
    for (Histogram histogram :
        List.of(
            DurationHistograms.HTTP_CLIENT,
            ExperimentalMetrics.CLIENT_REQUEST_BODY,
            ExperimentalMetrics.CLIENT_RESPONSE_BODY)) {
      histogram.allSeries().forEach(series -> countsBefore.put(series, series.count()));
    }
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
  void refusedConnectionIsError() throws Exception {
    int port = unusedPort();

    assertThatThrownBy(() -> send(Request.get("http://127.0.0.1:" + port + "/"))).isNotNull();

    for (RecordedSpan span : spans.take(connectAttempts())) {
      assertThat(span.span().failed()).isTrue();
      assertThat(span.attribute("error.type")).isEqualTo(refusedType());
      assertThat(span.attribute("http.response.status_code")).isNull();
      assertThat(span.attribute("server.port")).isEqualTo((long) port);
      assertThat(Objects.requireNonNull(span.span().exception()).type()).isEqualTo(refusedType());
    }
    awaitMeasurements(connectAttempts(), port, null, refusedType());
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
