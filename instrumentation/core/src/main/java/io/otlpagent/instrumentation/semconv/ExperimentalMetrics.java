package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.metrics.UpDownCounter;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The metrics of HTTP that the conventions have in development; one of each for the process.
 * Without a measurement as long as nobody asks for them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-metrics/">Semantic
 *     conventions for HTTP metrics</a>
 */
public final class ExperimentalMetrics {

  /** The conventions name none: those that OpenTelemetry has by default, and three more above. */
  private static final double[] SIZE_BOUNDS = {
    0,
    5,
    10,
    25,
    50,
    75,
    100,
    250,
    500,
    750,
    1000,
    2500,
    5000,
    7500,
    10_000,
    100_000,
    1_000_000,
    10_000_000
  };

  public static final Histogram SERVER_REQUEST_BODY =
      Histogram.ofSizes(
          "http.server.request.body.size",
          "Size of HTTP server request bodies.",
          SIZE_BOUNDS,
          keysOf(DurationHistograms.HTTP_SERVER));

  public static final Histogram SERVER_RESPONSE_BODY =
      Histogram.ofSizes(
          "http.server.response.body.size",
          "Size of HTTP server response bodies.",
          SIZE_BOUNDS,
          keysOf(DurationHistograms.HTTP_SERVER));

  public static final Histogram CLIENT_REQUEST_BODY =
      Histogram.ofSizes(
          "http.client.request.body.size",
          "Size of HTTP client request bodies.",
          SIZE_BOUNDS,
          keysOf(DurationHistograms.HTTP_CLIENT));

  public static final Histogram CLIENT_RESPONSE_BODY =
      Histogram.ofSizes(
          "http.client.response.body.size",
          "Size of HTTP client response bodies.",
          SIZE_BOUNDS,
          keysOf(DurationHistograms.HTTP_CLIENT));

  public static final UpDownCounter SERVER_ACTIVE =
      new UpDownCounter(
          "http.server.active_requests",
          "{request}",
          "Number of active HTTP server requests.",
          HttpAttributes.HTTP_REQUEST_METHOD,
          HttpAttributes.URL_SCHEME);

  private ExperimentalMetrics() {}

  /** The histograms, in the order in which they are exported. */
  public static List<Histogram> histograms() {
    return Collections.unmodifiableList(
        Arrays.asList(
            SERVER_REQUEST_BODY, SERVER_RESPONSE_BODY, CLIENT_REQUEST_BODY, CLIENT_RESPONSE_BODY));
  }

  private static AttributeKey[] keysOf(Histogram histogram) {
    return histogram.keys().toArray(new AttributeKey[0]);
  }
}
