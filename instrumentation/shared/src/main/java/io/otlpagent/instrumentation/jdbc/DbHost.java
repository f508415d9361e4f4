package io.otlpagent.instrumentation.jdbc;

import org.jspecify.annotations.Nullable;

/** The parts of a JDBC URL that name hosts, ports and parameters. */
final class DbHost {

  private DbHost() {}

  /** Where the path that begins there ends, exclusive: parameters follow. */
  static int endOfPath(String text, int start) {
    int end = start;
    while (end < text.length() && "?;&".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Where the hosts end and the path or the parameters begin. */
  static int endOfAuthority(String text, int start) {
    int end = start;
    while (end < text.length() && "/?;".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** The first of several hosts, without the user in front. */
  static String first(String authority) {
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    int depth = 0;
    for (int i = 0; i < hosts.length(); i++) {
      char c = hosts.charAt(i);
      if (c == ',' && depth == 0) {
        return hosts.substring(0, i);
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return hosts;
  }

  /** The name or the address of one host; IPv6 without brackets. */
  static String name(String host) {
    if (isList(host)) {
      String name = parameter(host, "host");
      return name == null ? "" : name;
    }
    if (host.startsWith("[")) {
      int close = host.indexOf(']');
      return host.substring(1, close < 0 ? host.length() : close);
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** The port of one host as it is written; null if there is none. */
  static @Nullable String portText(String host) {
    if (isList(host)) {
      return parameter(host, "port");
    }
    int from = host.startsWith("[") ? Math.max(0, host.indexOf(']')) : 0;
    int colon = host.indexOf(':', from);
    if (colon < 0) {
      return null;
    }
    // Oracle writes the name of the instance behind a second colon.
    int end = host.indexOf(':', colon + 1);
    return host.substring(colon + 1, end < 0 ? host.length() : end);
  }

  /** The number of a port; -1 if the text is none. */
  static int port(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > 5) {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      port = 10 * port + c - '0';
    }
    return port > 0 && port <= 65535 ? port : -1;
  }

  /** The value of the first parameter of that name in any case; null if there is none. */
  static @Nullable String parameter(String text, String name) {
    int from = 0;
    int equals;
    while ((equals = text.indexOf('=', from)) >= 0) {
      int start = equals;
      while (start > from && "?;&,(/:".indexOf(text.charAt(start - 1)) < 0) {
        start--;
      }
      int end = equals + 1;
      boolean braces = end < text.length() && text.charAt(end) == '{';
      if (braces) {
        int close = text.indexOf('}', end);
        end = close < 0 ? text.length() : close + 1;
      } else {
        while (end < text.length() && ";&,()".indexOf(text.charAt(end)) < 0) {
          end++;
        }
      }
      if (text.substring(start, equals).trim().equalsIgnoreCase(name)) {
        String value =
            braces
                ? text.substring(equals + 2, Math.max(equals + 2, end - 1))
                : text.substring(equals + 1, end).trim();
        return value.isEmpty() ? null : value;
      }
      from = end;
    }
    return null;
  }

  /** Whether a host is written as MySQL's {@code (host=..,port=..)}. */
  private static boolean isList(String host) {
    return host.indexOf('(') >= 0 && host.indexOf('=') >= 0;
  }
}
