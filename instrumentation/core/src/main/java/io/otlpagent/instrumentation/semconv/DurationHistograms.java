package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.metrics.Histogram;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The duration histograms of the conventions; one of each for the process. */
public final class DurationHistograms {

  private static final double[] HTTP_BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
  };
  private static final double[] DB_BOUNDS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};

  public static final Histogram HTTP_SERVER =
      Histogram.ofDurations(
          "http.server.request.duration",
          "Duration of HTTP server requests.",
          HTTP_BOUNDS,
          HttpAttributes.HTTP_REQUEST_METHOD,
          HttpAttributes.URL_SCHEME,
          HttpAttributes.HTTP_ROUTE,
          HttpAttributes.HTTP_RESPONSE_STATUS_CODE,
          HttpAttributes.ERROR_TYPE,
          HttpAttributes.NETWORK_PROTOCOL_VERSION);

  public static final Histogram HTTP_CLIENT =
      Histogram.ofDurations(
          "http.client.request.duration",
          "Duration of HTTP client requests.",
          HTTP_BOUNDS,
          HttpAttributes.HTTP_REQUEST_METHOD,
          HttpAttributes.SERVER_ADDRESS,
          HttpAttributes.SERVER_PORT,
          HttpAttributes.HTTP_RESPONSE_STATUS_CODE,
          HttpAttributes.ERROR_TYPE,
          HttpAttributes.NETWORK_PROTOCOL_VERSION);

  public static final Histogram DB_CLIENT =
      Histogram.ofDurations(
          "db.client.operation.duration",
          "Duration of database client operations.",
          DB_BOUNDS,
          DbAttributes.DB_SYSTEM_NAME,
          DbAttributes.DB_NAMESPACE,
          DbAttributes.DB_OPERATION_NAME,
          DbAttributes.DB_QUERY_SUMMARY,
          DbAttributes.DB_STORED_PROCEDURE_NAME,
          DbAttributes.DB_RESPONSE_STATUS_CODE,
          HttpAttributes.ERROR_TYPE,
          HttpAttributes.SERVER_ADDRESS,
          HttpAttributes.SERVER_PORT);

  private DurationHistograms() {}

  /** All of them, in the order in which they are exported. */
  public static List<Histogram> all() {
    return Collections.unmodifiableList(Arrays.asList(HTTP_SERVER, HTTP_CLIENT, DB_CLIENT));
  }
}
