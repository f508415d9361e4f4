package io.otlpagent.agent.logging;

/**
 * Writes moments such as {@code 2026-01-31T09:05:00.123Z}. By hand, because the formatter of {@code
 * java.time} costs some hundred classes.
 */
public final class Rfc3339 {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private Rfc3339() {}

  /**
   * @param epochMillis since 1970; UTC
   */
  public static String format(long epochMillis) {
    long days = Math.floorDiv(epochMillis, MILLIS_PER_DAY);
    int millis = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
    // Years that begin in March put the leap day last: then a month's first day is linear in it.
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) Math.floorMod(shifted, 146_097L);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);

    StringBuilder text = new StringBuilder(24);
    digits(text, year, 4).append('-');
    digits(text, month, 2).append('-');
    digits(text, day, 2).append('T');
    digits(text, millis / 3_600_000, 2).append(':');
    digits(text, millis / 60_000 % 60, 2).append(':');
    digits(text, millis / 1000 % 60, 2).append('.');
    return digits(text, millis % 1000, 3).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    return text.append(digits);
  }
}
