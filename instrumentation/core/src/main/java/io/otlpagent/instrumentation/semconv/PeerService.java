package io.otlpagent.instrumentation.semconv;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the operator calls a service that is reached at a place. Immutable. */
public final class PeerService {

  private final String host;
  private final int port;
  private final String path;
  private final String name;

  private PeerService(String host, int port, String path, String name) {
    this.host = host;
    this.port = port;
    this.path = path;
    this.name = name;
  }

  /**
   * Reads a place.
   *
   * @param place {@code host[:port][/path]}; an IPv6 address with a port is in brackets; in a host
   *     {@code *} stands for any characters and {@code ?} for one
   * @param name of the service; if it is empty the place has none
   * @throws IllegalArgumentException if it is no place; the message says what to write
   */
  public static PeerService of(String place, String name) {
    int scheme = place.indexOf("://");
    String rest = scheme < 0 ? place : place.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int colon = authority.lastIndexOf(':');
    int bracket = authority.lastIndexOf(']');
    int port = -1;
    // An IPv6 address without brackets has several colons, and no port.
    if (colon > bracket && (bracket > 0 || authority.indexOf(':') == colon)) {
      port = port(authority.substring(colon + 1));
      authority = port < 0 ? "" : authority.substring(0, colon);
    }
    if (bracket > 0 && authority.startsWith("[") && authority.endsWith("]")) {
      authority = authority.substring(1, authority.length() - 1);
    }
    if (authority.isEmpty() || authority.indexOf('[') >= 0 || authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "'" + place + "' is not of the form host, host:port, host/path or host:port/path");
    }
    String path = slash < 0 ? "" : rest.substring(slash);
    return new PeerService(authority.toLowerCase(Locale.ROOT), port, path, name);
  }

  private static int port(String text) {
    int port = 0;
    for (int i = 0; i < text.length() && port <= 65_535; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port == 0 || port > 65_535 ? -1 : port;
  }

  /** In lower case. */
  String host() {
    return host;
  }

  String name() {
    return name;
  }

  /** Whether the host stands for several. */
  boolean pattern() {
    return host.indexOf('*') >= 0 || host.indexOf('?') >= 0;
  }

  /** Whether it fits a host in lower case, if it is a pattern. */
  boolean fitsHost(String other) {
    int i = 0;
    int j = 0;
    // Where to go on if what follows the last star is further behind.
    int star = -1;
    int behind = 0;
    while (j < other.length()) {
      char c = i < host.length() ? host.charAt(i) : 0;
      if (c == '*') {
        star = i++;
        behind = j;
      } else if (c == '?' || c == other.charAt(j)) {
        i++;
        j++;
      } else if (star >= 0) {
        i = star + 1;
        j = ++behind;
      } else {
        return false;
      }
    }
    while (i < host.length() && host.charAt(i) == '*') {
      i++;
    }
    return i == host.length();
  }

  /**
   * Whether it fits, as far as port and path go.
   *
   * @param path null if there is none
   */
  boolean fits(int port, @Nullable String path) {
    return (this.port < 0 || this.port == port)
        && (this.path.isEmpty() || (path != null && path.startsWith(this.path)));
  }

  /** Whether a path decides. */
  boolean asksForPath() {
    return !path.isEmpty();
  }

  /** The more is said, the sooner it is looked at: a port first, then the longer path and host. */
  static int order(PeerService one, PeerService other) {
    int order = Boolean.compare(other.port >= 0, one.port >= 0);
    order = order == 0 ? other.path.length() - one.path.length() : order;
    return order == 0 ? other.host.length() - one.host.length() : order;
  }
}
