package io.otlpagent.agent.export.transport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Reads the three forms of a date that HTTP has had.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7">RFC 9110: dates</a>
 */
final class HttpDate {

  private HttpDate() {}

  /**
   * @throws DateTimeException if it is none of them
   */
  static long epochMillis(String text, long nowMillis) {
    return parse(text.trim(), nowMillis).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static LocalDateTime parse(String text, long nowMillis) {
    int comma = text.indexOf(',');
    if (comma < 0) {
      return LocalDateTime.parse(text, pattern("EEE MMM ppd HH:mm:ss yyyy"));
    }
    String rest = text.substring(comma + 1).trim();
    return rest.indexOf('-') > 0
        ? LocalDateTime.parse(rest, twoDigitYear(nowMillis))
        : LocalDateTime.parse(rest, pattern("d MMM yyyy HH:mm:ss 'GMT'"));
  }

  /** A year that seems to be more than 50 years ahead is past. */
  private static DateTimeFormatter twoDigitYear(long nowMillis) {
    LocalDate now = Instant.ofEpochMilli(nowMillis).atZone(ZoneOffset.UTC).toLocalDate();
    return new DateTimeFormatterBuilder()
        .appendPattern("d-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, now.minusYears(49))
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
