package io.otlpagent.agent.config.value;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A setting's value for human eyes: what may be secret is masked. Stateless. */
public final class ShownValue {

  private static final String MASK = "***";

  /** Of a value inside a warning: enough to find it again. */
  private static final int MAX_QUOTED = 100;

  private static final int MAX_PATH = 250;

  private static final int MAX_ENCODINGS = 4;

  /** What the name of an entry contains whose value is nobody's business. */
  private static final String[] SECRET_NAMES = {
    "password", "passwd", "secret", "token", "apikey", "authorization", "credential"
  };

  private ShownValue() {}

  static String of(ConfigKey<?> key, String value) {
    if (key.type().equals(ConfigKey.MAP)) {
      return pairs(key, value);
    }
    return key.path().endsWith("endpoint") ? withoutPassword(value) : masked(value);
  }

  /** In quotes for a warning, and not longer than a line. */
  static String quoted(ConfigKey<?> key, String value) {
    return inQuotes(of(key, value));
  }

  /** The same for a text that is no setting's value as a whole. */
  public static String quoted(String text) {
    return inQuotes(masked(text));
  }

  /** A path or the text of an exception for a warning: without secrets, and not endless. */
  public static String shortened(@Nullable String text) {
    String shown = masked(String.valueOf(text));
    return shown.length() <= MAX_PATH ? shown : shown.substring(0, MAX_PATH) + "...";
  }

  private static String inQuotes(String shown) {
    boolean whole = shown.length() <= MAX_QUOTED;
    String text = printable(whole ? shown : shown.substring(0, MAX_QUOTED) + "...");
    return "'" + text + "'" + (whole ? "" : " (" + shown.length() + " characters)");
  }

  /** The same without control characters, which would change the lines of a log. */
  public static String printable(String text) {
    StringBuilder printable = null;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        printable = printable == null ? new StringBuilder(text) : printable;
        printable.setCharAt(i, '?');
      }
    }
    return printable == null ? text : printable.toString();
  }

  /** The names alone. */
  static String names(Map<String, String> pairs) {
    StringBuilder text = new StringBuilder();
    for (String name : pairs.keySet()) {
      add(text, name, MASK);
    }
    return text.toString();
  }

  /** A map may be no map at all: then each of its parts is looked at by itself. */
  private static String pairs(ConfigKey<?> key, String value) {
    // A comma in a password that is not encoded tears it apart.
    String whole = ValueParser.pairs(value) == null ? masked(value) : value;
    StringBuilder text = new StringBuilder();
    for (String part : ValueParser.split(whole, ',')) {
      int equals = part.indexOf('=');
      if (equals <= 0 || part.lastIndexOf("://", equals) >= 0) {
        add(text, key.secret() ? MASK : masked(part), null);
      } else {
        String name = part.substring(0, equals);
        String own = part.substring(equals + 1);
        add(text, masked(name), key.secret() || secret(name) ? MASK : masked(own));
      }
    }
    return text.toString();
  }

  private static void add(StringBuilder text, String name, @Nullable String value) {
    text.append(text.length() == 0 ? "" : ",").append(name);
    if (value != null) {
      text.append('=').append(value);
    }
  }

  private static boolean secret(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    for (String secret : SECRET_NAMES) {
      if (plain.contains(secret)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Masks user, password and query of the URLs in a text, also where they are percent-encoded: a
   * text in which something is masked is shown decoded.
   */
  static String masked(String text) {
    String plain = text;
    for (int i = 0; i < MAX_ENCODINGS && plain != null; i++) {
      String masked = plain.contains("://") || hasUserInfo(plain) ? withoutPassword(plain) : plain;
      if (!masked.equals(plain)) {
        return masked;
      }
      String decoded = decoded(plain);
      plain = plain.equals(decoded) ? null : decoded;
    }
    return text;
  }

  /** What can be decoded; ASCII is all that matters here. */
  private static String decoded(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (low >= 0) {
        c = (char) (high << 4 | low);
        i += 2;
      }
      decoded.append(c);
    }
    return decoded.toString();
  }

  /** Whether it has the form {@code user:password@host}. */
  private static boolean hasUserInfo(String text) {
    int at = text.lastIndexOf('@');
    return at > 0 && text.lastIndexOf(':', at) >= 0;
  }

  /**
   * Masks user, password and query of a URL such as {@code http://user:password@host?key=x}, also
   * if its scheme is missing.
   */
  static String withoutPassword(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int end = url.lastIndexOf('@');
    if (end < start) {
      // An encoded one is a mistake that may cost a password.
      end = url.toLowerCase(Locale.ROOT).lastIndexOf("%40");
    }
    String masked = end < start ? url : url.substring(0, start) + MASK + url.substring(end);
    int query = masked.indexOf('?', start);
    return query < 0 ? masked : masked.substring(0, query + 1) + MASK;
  }
}
