package io.otlpagent.instrumentation.semconv.http;

import org.jspecify.annotations.Nullable;

/**
 * Reads what proxies say about the original request. Headers come from anywhere: whatever cannot be
 * read is as if it were absent.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7239">RFC 7239: Forwarded</a>
 */
final class ForwardedHeaders {

  private ForwardedHeaders() {}

  /**
   * A parameter of the first element of {@code Forwarded} that has it, without quotes.
   *
   * @param name in lower case
   */
  static @Nullable String parameter(@Nullable String forwarded, String name) {
    if (forwarded == null) {
      return null;
    }
    int next;
    for (int start = 0; start < forwarded.length(); start = next + 1) {
      next = pairEnd(forwarded, start);
      int nameStart = skipSpace(forwarded, start, next);
      int equals = nameStart + name.length();
      if (equals < next
          && forwarded.charAt(equals) == '='
          && forwarded.regionMatches(true, nameStart, name, 0, name.length())) {
        return unquoted(forwarded, equals + 1, next);
      }
    }
    return null;
  }

  /** The first entry of a list such as {@code X-Forwarded-For}, without quotes. */
  static @Nullable String first(@Nullable String list) {
    return list == null ? null : unquoted(list, 0, pairEnd(list, 0));
  }

  /** The original scheme; only the two that a server knows, whatever a header says. */
  static @Nullable String scheme(@Nullable String forwarded, @Nullable String forwardedProto) {
    String scheme = knownScheme(parameter(forwarded, "proto"));
    return scheme != null ? scheme : knownScheme(first(forwardedProto));
  }

  /** The address of the client that the first proxy saw; null if no header names one. */
  static @Nullable String client(@Nullable String forwarded, @Nullable String forwardedFor) {
    String client = address(parameter(forwarded, "for"));
    return client != null ? client : address(first(forwardedFor));
  }

  /** The {@code host[:port]} of the original request; null if no header names one. */
  static @Nullable String authority(
      @Nullable String forwarded, @Nullable String forwardedHost, @Nullable String host) {
    String authority = parameter(forwarded, "host");
    if (authority == null) {
      authority = first(forwardedHost);
    }
    return authority != null ? authority : first(host);
  }

  /** The host of {@code host[:port]}, an IPv6 address without brackets; null if there is none. */
  static @Nullable String host(String authority) {
    String host;
    if (authority.startsWith("[")) {
      int bracket = authority.indexOf(']');
      host = bracket < 0 ? "" : authority.substring(1, bracket);
    } else {
      int colon = authority.indexOf(':');
      boolean ipv6 = colon >= 0 && authority.indexOf(':', colon + 1) >= 0;
      host = colon < 0 || ipv6 ? authority : authority.substring(0, colon);
    }
    return host.isEmpty() ? null : host;
  }

  /** The port of {@code host[:port]}; 0 if there is none. */
  static int port(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean bracketed = authority.startsWith("[") && authority.indexOf(']') == colon - 1;
    if (colon < 0 || (authority.indexOf(':') != colon && !bracketed)) {
      return 0;
    }
    int port = 0;
    for (int i = colon + 1; i < authority.length(); i++) {
      int digit = authority.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      port = port * 10 + digit;
      if (port > 0xffff) {
        return 0;
      }
    }
    return port;
  }

  private static @Nullable String knownScheme(@Nullable String scheme) {
    if ("https".equalsIgnoreCase(scheme)) {
      return "https";
    }
    return "http".equalsIgnoreCase(scheme) ? "http" : null;
  }

  /** RFC 7239, 6: a node may also be unknown, or an identifier that hides the address. */
  private static @Nullable String address(@Nullable String node) {
    if (node == null || node.startsWith("_") || node.equalsIgnoreCase("unknown")) {
      return null;
    }
    return host(node);
  }

  /** Where the pair that starts there ends: at a comma or semicolon outside quotes. */
  private static int pairEnd(String text, int start) {
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && (c == ',' || c == ';')) {
        return i;
      }
    }
    return text.length();
  }

  private static int skipSpace(String text, int start, int end) {
    int i = start;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static @Nullable String unquoted(String text, int from, int to) {
    int start = skipSpace(text, from, to);
    int end = to;
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    if (end - start < 2 || text.charAt(start) != '"' || text.charAt(end - 1) != '"') {
      return start == end ? null : text.substring(start, end);
    }
    StringBuilder value = new StringBuilder(end - start);
    for (int i = start + 1; i < end - 1; i++) {
      if (text.charAt(i) == '\\' && i + 1 < end - 1) {
        i++;
      }
      value.append(text.charAt(i));
    }
    return value.length() == 0 ? null : value.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
