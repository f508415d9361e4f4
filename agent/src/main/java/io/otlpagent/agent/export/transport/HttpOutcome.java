package io.otlpagent.agent.export.transport;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Which HTTP answer means what.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP response</a>
 */
final class HttpOutcome {

  private static final int MAX_QUOTED_CHARS = 200;

  private HttpOutcome() {}

  static ExportResult of(HttpResponse response) {
    int status = response.status();
    if (status < 300) {
      return success(response);
    }
    String reason = Integer.toString(status);
    if (status < 400) {
      return ExportResult.permanent(
          reason, "HTTP " + status + ", a redirect" + target(response) + ", is not followed");
    }
    String message = "HTTP " + status + quote(response);
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

  private static ExportResult success(HttpResponse response) {
    if (response.html()) {
      return ExportResult.permanent(
          "not_otlp", "HTTP " + response.status() + " with a web page instead of an OTLP answer");
    }
    if (response.json()) {
      return JsonAnswer.success(response.body());
    }
    return response.protobuf() ? CollectorAnswer.success(response.body()) : ExportResult.success();
  }

  /**
   * @param sent whether the request may have reached the collector
   */
  static ExportResult of(
      IOException failure, boolean sent, boolean inTime, CollectorEndpoint endpoint) {
    if (failure instanceof HttpResponseReader.TooLarge) {
      return ExportResult.permanent("response_too_large", String.valueOf(failure.getMessage()));
    }
    if (!sent) {
      return unreached(failure, inTime, endpoint);
    }
    return inTime
        ? ExportResult.unanswered(
            failure instanceof SSLException ? "tls" : "connection", failure.toString())
        : ExportResult.unanswered("timeout", "no answer in time");
  }

  private static ExportResult unreached(
      IOException failure, boolean inTime, CollectorEndpoint endpoint) {
    if (failure instanceof UnknownHostException) {
      return ExportResult.unreached("unknown_host", "unknown host " + endpoint.host());
    }
    if (!inTime) {
      return ExportResult.unreached("timeout", "no connection in time");
    }
    if (failure instanceof ProxyException) {
      return ExportResult.unreached("proxy", String.valueOf(failure.getMessage()));
    }
    String reason = failure instanceof SSLException ? "tls" : "connection";
    return ExportResult.unreached(reason, failure.toString());
  }

  /** Seconds or a date; 0 if it is neither or over, and the most there is if it is beyond that. */
  static long retryAfterNanos(String value, long nowMillis) {
    if (value.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, TimeUnit.SECONDS.toNanos(Long.parseLong(value)));
    } catch (NumberFormatException e) {
      return isNumber(value) ? Long.MAX_VALUE : nanosUntil(value, nowMillis);
    }
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long nanosUntil(String date, long nowMillis) {
    try {
      long then = HttpDate.epochMillis(date, nowMillis);
      return then <= nowMillis ? 0 : TimeUnit.MILLISECONDS.toNanos(then - nowMillis);
    } catch (DateTimeException | ArithmeticException e) {
      // Not a date, or one in a year that is none.
      return 0;
    }
  }

  private static String quote(HttpResponse response) {
    byte[] body = response.body();
    if (response.protobuf()) {
      return quote(CollectorAnswer.statusMessage(body));
    }
    if (body.length == 0 || response.html()) {
      return "";
    }
    String text = new String(body, StandardCharsets.UTF_8);
    if (response.json()) {
      String message = JsonAnswer.statusMessage(body);
      return quote(message == null ? text : message);
    }
    return response.hasToken("content-type", "text/plain") ? quote(text) : "";
  }

  /** On one line: it goes to the log. */
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder(MAX_QUOTED_CHARS + 2);
    for (int i = 0; i < text.length() && quoted.length() < MAX_QUOTED_CHARS; i++) {
      char c = text.charAt(i);
      quoted.append(c < ' ' ? ' ' : c);
    }
    String line = quoted.toString().trim();
    return line.isEmpty() ? "" : ": " + line;
  }

  /** Where a redirect leads, without what might be secret. */
  private static String target(HttpResponse response) {
    String location = response.header("location");
    int end = location.indexOf('?');
    String target = end < 0 ? location : location.substring(0, end);
    return target.isEmpty() || target.indexOf('@') >= 0 ? "" : " to " + target;
  }
}
