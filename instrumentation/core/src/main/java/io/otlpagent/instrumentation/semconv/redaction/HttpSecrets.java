package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.SecretKeys;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.sql.SqlChars;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that one HTTP span does not show, to keep them out of the texts of its exception too.
 * Used by the exporter thread.
 */
public final class HttpSecrets {

  private static final String REDACTED = "REDACTED";

  /** A shorter value has to be a whole word, so that it does not change others. */
  private static final int SHORT = 8;

  private static final String NAME = "Parameter [";
  private static final String VALUE = "] with value [";

  private final List<String> values = new ArrayList<>();

  public HttpSecrets query(@Nullable String query) {
    if (query != null) {
      pairs(query, 0, query.length());
    }
    return this;
  }

  /** What a URL has after its path, and the user and password before its host. */
  public HttpSecrets url(String url) {
    int query = url.indexOf('?');
    int fragment = url.indexOf('#');
    if (query >= 0) {
      pairs(url, query + 1, fragment > query ? fragment : url.length());
    }
    if (fragment >= 0) {
      pairs(url, fragment + 1, url.length());
    }
    int user = url.indexOf("://") + 3;
    int path = user < 3 ? -1 : url.indexOf('/', user);
    int at = user < 3 ? -1 : url.lastIndexOf('@', path < 0 ? url.length() : path);
    int colon = at < user ? -1 : url.indexOf(':', user);
    if (at >= user) {
      addValue(url.substring(colon < 0 || colon > at ? user : colon + 1, at));
    }
    return path(url);
  }

  public HttpSecrets path(@Nullable String path) {
    String shown = path == null ? "" : UrlRedaction.path(path);
    if (path != null && shown.length() < path.length()) {
      int session = path.toLowerCase(java.util.Locale.ROOT).indexOf(";jsessionid=");
      int start = session + ";jsessionid=".length();
      int end = start;
      while (session >= 0 && end < path.length() && ";/?#".indexOf(path.charAt(end)) < 0) {
        end++;
      }
      addValue(session < 0 ? "" : path.substring(start, end));
    }
    return this;
  }

  public HttpSecrets headers(@Nullable List<String> headers) {
    if (headers != null) {
      for (String header : headers) {
        addValue(header);
        // The scheme of Authorization is no secret, what follows may be quoted alone.
        addValue(header.substring(header.indexOf(' ') + 1));
      }
    }
    return this;
  }

  private void pairs(String text, int from, int to) {
    SecretKeys keys = SemconvSettings.installed().queryKeys();
    int next;
    for (int start = from; start < to; start = next + 1) {
      int found = text.indexOf('&', start);
      next = found < 0 || found > to ? to : found;
      int equals = text.indexOf('=', start);
      if (equals >= 0 && equals < next && keys.contains(text, start, equals)) {
        String value = text.substring(equals + 1, next);
        addValue(value);
        addValue(SecretKeys.decoded(value));
        addValue(SecretKeys.decoded(value.replace('+', ' ')));
      }
    }
  }

  private void addValue(String value) {
    if (!value.isEmpty() && !values.contains(value)) {
      values.add(value);
    }
  }

  /** The text without the values. */
  String redact(String text) {
    String shown = text;
    for (String value : values) {
      shown = replace(shown, value);
    }
    return withoutParameters(withoutUrls(shown));
  }

  private static String replace(String text, String value) {
    int found = text.indexOf(value);
    if (found < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    for (; found >= 0; found = text.indexOf(value, found + 1)) {
      boolean whole = value.length() >= SHORT || MaskedText.isWhole(text, found, value.length());
      if (whole && found >= copied) {
        out.append(text, copied, found).append(REDACTED);
        copied = found + value.length();
      }
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** Redacts the URLs in a text like those in attributes. */
  private static String withoutUrls(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int copied = 0;
    for (; scheme >= 0; scheme = text.indexOf("://", copied)) {
      int start = scheme;
      while (start > copied && SqlChars.isLetterOrDigit(text.charAt(start - 1))) {
        start--;
      }
      int end = scheme;
      while (end < text.length()
          && "\"'<>)]".indexOf(text.charAt(end)) < 0
          && text.charAt(end) > ' ') {
        end++;
      }
      out.append(text, copied, start).append(UrlRedaction.url(text.substring(start, end)));
      copied = end;
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** Tomcat quotes a parameter that it cannot decode, which may have come in the body. */
  private static String withoutParameters(String text) {
    int name = text.indexOf(NAME);
    int value = name < 0 ? -1 : text.indexOf(VALUE, name);
    int end = value < 0 ? -1 : text.indexOf(']', value + VALUE.length());
    if (end < 0
        || !SemconvSettings.installed().queryKeys().contains(text, name + NAME.length(), value)) {
      return text;
    }
    return text.substring(0, value + VALUE.length()) + REDACTED + text.substring(end);
  }
}
