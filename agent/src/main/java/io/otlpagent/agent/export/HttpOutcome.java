package io.otlpagent.agent.export;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Which HTTP answer means what.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP response</a>
 */
final class HttpOutcome {

  private static final int MAX_QUOTED_BYTES = 200;

  private HttpOutcome() {}

  static ExportResult of(HttpResponse response, CollectorEndpoint endpoint) {
    int status = response.status();
    if (status < 300) {
      return response.protobuf()
          ? CollectorAnswer.success(response.body())
          : ExportResult.success();
    }
    String reason = Integer.toString(status);
    String message = "HTTP " + status + quote(response) + hint(status, endpoint);
    switch (status) {
      case 429:
      case 502:
      case 503:
      case 504:
        long delay = retryAfterNanos(response.header("retry-after"), System.currentTimeMillis());
        return ExportResult.retryable(reason, message, delay);
      default:
        return ExportResult.permanent(reason, message);
    }
  }

  /**
   * @param sent whether the request may have reached the collector
   */
  static ExportResult of(
      IOException failure, boolean sent, boolean inTime, CollectorEndpoint endpoint) {
    String hint = endpoint.port() == 4317 ? " (port 4317 usually speaks grpc)" : "";
    if (failure instanceof HttpResponseReader.TooLarge) {
      return ExportResult.permanent("response_too_large", String.valueOf(failure.getMessage()));
    }
    if (!sent) {
      return unreached(failure, inTime, endpoint);
    }
    return inTime
        ? ExportResult.retryable(
            failure instanceof SSLException ? "tls" : "connection", failure + hint, 0)
        : ExportResult.retryable("timeout", "no answer in time" + hint, 0);
  }

  private static ExportResult unreached(
      IOException failure, boolean inTime, CollectorEndpoint endpoint) {
    if (failure instanceof UnknownHostException) {
      return ExportResult.unreached("unknown_host", "unknown host " + endpoint.host());
    }
    if (!inTime) {
      return ExportResult.unreached("timeout", "no connection in time");
    }
    String reason = failure instanceof SSLException ? "tls" : "connection";
    return ExportResult.unreached(reason, failure.toString());
  }

  /** Seconds or a date; 0 if it is neither or over. */
  static long retryAfterNanos(String value, long nowMillis) {
    if (value.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, TimeUnit.SECONDS.toNanos(Long.parseLong(value)));
    } catch (NumberFormatException e) {
      try {
        long then =
            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant()
                .toEpochMilli();
        return Math.max(0, TimeUnit.MILLISECONDS.toNanos(then - nowMillis));
      } catch (DateTimeException notADate) {
        return 0;
      }
    }
  }

  private static String quote(HttpResponse response) {
    byte[] body = response.body();
    if (response.protobuf()) {
      String message = CollectorAnswer.statusMessage(body);
      return message.isEmpty() ? "" : ": " + message;
    }
    boolean text =
        response.hasToken("content-type", "json")
            || response.hasToken("content-type", "text/plain");
    if (!text || body.length == 0) {
      return "";
    }
    int length = Math.min(body.length, MAX_QUOTED_BYTES);
    return ": " + new String(body, 0, length, StandardCharsets.UTF_8).trim();
  }

  private static String hint(int status, CollectorEndpoint endpoint) {
    if (status < 400) {
      return " (redirects are not followed: they would take the headers elsewhere)";
    }
    switch (status) {
      case 401:
      case 403:
        return " (are the configured headers right?)";
      case 404:
      case 405:
        return " (is " + endpoint + " an OTLP/HTTP endpoint for this signal?)";
      default:
        return "";
    }
  }
}
