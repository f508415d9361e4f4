package io.otlpagent.agent.config.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns the text of a setting into its value. Stateless. */
public final class ValueParser {

  /** A hundred years: in nanoseconds, and added to what the clock says, it does not overflow. */
  private static final long MAX_MILLIS = 36_500L * 86_400_000;

  private ValueParser() {}

  /** What is recorded: words that mean the same are written alike, and a list has one line. */
  static String normal(ConfigKey<?> key, String raw) {
    switch (key.type()) {
      case ConfigKey.CHOICE:
        String choice = raw.toLowerCase(Locale.ROOT);
        return key.choices().contains(choice) ? choice : raw;
      case ConfigKey.BOOLEAN:
        return raw.equalsIgnoreCase("true")
            ? "true"
            : raw.equalsIgnoreCase("false") ? "false" : raw;
      case ConfigKey.LIST:
        return raw.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
      default:
        return raw;
    }
  }

  /** Null if the text is no value of the key; a duration is in nanoseconds. */
  static @Nullable Object value(ConfigKey<?> key, String text) {
    switch (key.type()) {
      case ConfigKey.BOOLEAN:
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
      case ConfigKey.INTEGER:
      case ConfigKey.DECIMAL:
        return number(key, text);
      case ConfigKey.DURATION:
        Long millis = millis(text);
        return millis == null ? null : (Object) TimeUnit.MILLISECONDS.toNanos(millis);
      case ConfigKey.BYTES:
        return bytes(text);
      case ConfigKey.CHOICE:
        return text.isEmpty() || key.choices().contains(text) ? text : null;
      case ConfigKey.MAP:
        Map<String, String> pairs = pairs(text);
        return pairs == null ? null : Collections.unmodifiableMap(pairs);
      case ConfigKey.LIST:
        List<String> parts = split(text, ',');
        return Collections.unmodifiableList(parts);
      default:
        return text;
    }
  }

  private static @Nullable Object number(ConfigKey<?> key, String text) {
    try {
      if (key.type().equals(ConfigKey.INTEGER)) {
        Integer whole = Integer.valueOf(text);
        return key.inRange(whole) ? whole : null;
      }
      Double decimal = Double.valueOf(text);
      return key.inRange(decimal) ? decimal : null;
    } catch (NumberFormatException e) {
      // The caller warns, with the range.
      return null;
    }
  }

  /** What a key without a default has: no time. */
  static Object zero(ConfigKey<?> key) {
    if (key.type().equals(ConfigKey.DURATION)) {
      return 0L;
    }
    throw new IllegalStateException(key + " has no default");
  }

  /** Whether it may be shown: texts and lists are, and are not parsed otherwise. */
  static boolean printable(ConfigKey<?> key, String text) {
    boolean textual = key.type().equals(ConfigKey.TEXT) || key.type().equals(ConfigKey.LIST);
    return !textual || ShownValue.printable(text).equals(text);
  }

  /** Why a text is no value of the key, and what to write. */
  static String problem(ConfigKey<?> key) {
    switch (key.type()) {
      case ConfigKey.BOOLEAN:
        return "is neither true nor false";
      case ConfigKey.INTEGER:
        return "is not a whole number from " + key.rangeInWords();
      case ConfigKey.DECIMAL:
        return "is not a number from " + key.rangeInWords();
      case ConfigKey.DURATION:
        return "is not a duration such as 5s, 500ms or 500 (milliseconds)";
      case ConfigKey.BYTES:
        return "is not a size such as 256MiB, 1GiB or 1048576 (bytes)";
      case ConfigKey.CHOICE:
        return "is not one of " + key.rangeInWords();
      default:
        return "has a control character in it";
    }
  }

  /** The trimmed parts that are not empty. */
  public static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf(separator, start);
      if (end < 0) {
        end = text.length();
      }
      String part = text.substring(start, end).trim();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      start = end + 1;
    }
    return parts;
  }

  /** Milliseconds of {@code 5s}, {@code 500ms}, {@code 2m}, {@code 1h} or {@code 500}; or null. */
  static @Nullable Long millis(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    long unit = unitMillis(text.substring(digits).trim().toLowerCase(Locale.ROOT));
    // Twelve digits of milliseconds are 31 years.
    if (digits == 0 || digits > 12 || unit == 0) {
      return null;
    }
    long count = Long.parseLong(text.substring(0, digits));
    return count > MAX_MILLIS / unit ? null : Long.valueOf(count * unit);
  }

  /** Bytes of {@code 256MiB}, {@code 1G}, {@code 500KB} or {@code 1048576}; or null. */
  static @Nullable Long bytes(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    long unit = unitBytes(text.substring(digits).trim().toLowerCase(Locale.ROOT));
    // Nine digits of GiB are an exabyte: nothing below overflows.
    if (digits == 0 || unit == 0 || digits > (unit == 1 ? 18 : 9)) {
      return null;
    }
    return Long.parseLong(text.substring(0, digits)) * unit;
  }

  private static long unitBytes(String unit) {
    switch (unit) {
      case "":
      case "b":
        return 1;
      case "kb":
        return 1000;
      case "mb":
        return 1_000_000;
      case "gb":
        return 1_000_000_000;
      case "k":
      case "kib":
        return 1L << 10;
      case "m":
      case "mib":
        return 1L << 20;
      case "g":
      case "gib":
        return 1L << 30;
      default:
        return 0;
    }
  }

  private static long unitMillis(String unit) {
    switch (unit) {
      case "":
      case "ms":
        return 1;
      case "s":
        return 1000;
      case "m":
        return 60_000;
      case "h":
        return 3_600_000;
      case "d":
        return 86_400_000;
      default:
        return 0;
    }
  }

  /** Pairs of {@code k=v,k2=v2}, percent-decoded; null if one part is not such a pair. */
  static @Nullable Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : split(text, ',')) {
      int equals = part.indexOf('=');
      if (equals <= 0) {
        return null;
      }
      String key = percentDecoded(part.substring(0, equals).trim());
      String value = percentDecoded(part.substring(equals + 1).trim());
      if (key == null || key.isEmpty() || value == null) {
        return null;
      }
      pairs.put(key, value);
    }
    return pairs;
  }

  /** Null if a {@code %} is not followed by two hexadecimal digits. */
  public static @Nullable String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte next = bytes[i];
      if (next == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        next = (byte) (high << 4 | low);
        i += 2;
      }
      bytes[length++] = next;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The inverse of {@link #percentDecoded}, as far as {@link #pairs} needs it. */
  public static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '%':
          encoded.append("%25");
          break;
        case ',':
          encoded.append("%2C");
          break;
        case '=':
          encoded.append("%3D");
          break;
        default:
          encoded.append(c);
      }
    }
    return encoded.toString();
  }
}
