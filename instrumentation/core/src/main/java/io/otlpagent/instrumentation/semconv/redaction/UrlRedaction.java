package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.SecretKeys;
import io.otlpagent.instrumentation.semconv.SemconvSettings;

/**
 * Takes secrets out of URLs before they become attributes. Called by the spans of HTTP when they
 * write their attributes, on the exporter thread. A URL without secrets is returned as it is.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/">URL
 *     attributes: url.full, url.query</a>
 */
public final class UrlRedaction {

  private static final String REDACTED = "REDACTED";
  private static final String USER_INFO = "REDACTED:REDACTED@";
  private static final String SESSION = "jsessionid";

  private UrlRedaction() {}

  /** A query without its question mark, the values of sensitive keys replaced. */
  public static String query(String query) {
    SecretKeys keys = SemconvSettings.installed().queryKeys();
    StringBuilder redacted = null;
    int copied = 0;
    int next;
    for (int start = 0; start < query.length(); start = next + 1) {
      next = end(query, '&', start, query.length());
      int equals = end(query, '=', start, next);
      if (equals < next && keys.contains(query, start, equals)) {
        redacted = redacted == null ? new StringBuilder(query.length()) : redacted;
        redacted.append(query, copied, equals + 1).append(REDACTED);
        copied = next;
      }
    }
    return redacted == null ? query : redacted.append(query, copied, query.length()).toString();
  }

  /** A path without session ids in its parameters. */
  public static String path(String path) {
    if (path.indexOf(';') < 0 || !SemconvSettings.installed().secretKeys().contains(SESSION)) {
      return path;
    }
    StringBuilder kept = new StringBuilder(path.length());
    int next;
    for (int start = 0; start < path.length(); start = next) {
      next =
          Math.min(
              end(path, ';', start + 1, path.length()), end(path, '/', start + 1, path.length()));
      if (!isSession(path, start)) {
        kept.append(path, start, next);
      }
    }
    return kept.toString();
  }

  /** An absolute URL without user info, session ids and the values of sensitive keys. */
  public static String url(String url) {
    int authority = url.indexOf("://") + 3;
    if (authority < 3) {
      authority = 0;
    }
    int path = firstOf(url, "/?#", authority);
    int query = firstOf(url, "?#", path);
    int fragment = end(url, '#', query, url.length());
    int at = url.lastIndexOf('@', path - 1);
    if (at < authority && end(url, ';', path, query) == query && !hasSecret(url, query)) {
      return url;
    }
    StringBuilder redacted = new StringBuilder(url.length() + USER_INFO.length());
    redacted.append(url, 0, authority);
    if (at >= authority) {
      redacted.append(USER_INFO).append(url, at + 1, path);
    } else {
      redacted.append(url, authority, path);
    }
    redacted.append(path(url.substring(path, query)));
    if (query < fragment) {
      redacted.append('?').append(query(url.substring(query + 1, fragment)));
    }
    if (fragment < url.length()) {
      // Some providers return tokens in it (RFC 6749, 4.2.2).
      redacted.append('#').append(query(url.substring(fragment + 1)));
    }
    return redacted.toString();
  }

  /** Whether there is a sensitive key in the query or the fragment, which start there. */
  private static boolean hasSecret(String url, int from) {
    SecretKeys keys = SemconvSettings.installed().queryKeys();
    int next;
    for (int start = from + 1; start < url.length(); start = next + 1) {
      next = firstOf(url, "&#", start);
      int equals = end(url, '=', start, next);
      if (equals < next && keys.contains(url, start, equals)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSession(String path, int start) {
    int equals = start + 1 + SESSION.length();
    return path.charAt(start) == ';'
        && equals < path.length()
        && path.charAt(equals) == '='
        && path.regionMatches(true, start + 1, SESSION, 0, SESSION.length());
  }

  private static int firstOf(String text, String characters, int from) {
    int i = from;
    while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static int end(String text, char delimiter, int from, int end) {
    int found = text.indexOf(delimiter, from);
    return found < 0 || found > end ? end : found;
  }
}
