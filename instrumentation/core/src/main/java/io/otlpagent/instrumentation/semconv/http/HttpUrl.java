package io.otlpagent.instrumentation.semconv.http;

import java.net.URI;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * The absolute URL of a request. Immutable; the exporter thread makes its text, so that the
 * application's thread does not. Asks no code of the application, and is never an exception,
 * whatever the parts are.
 */
public abstract class HttpUrl {

  private final @Nullable String host;
  private final int port;

  private HttpUrl(@Nullable String scheme, @Nullable String host, int port) {
    this.host = host;
    this.port = port > 0 ? port : defaultPort(scheme);
  }

  /** The URL that a {@code URI} is, also one whose authority is not a server's by RFC 2396. */
  public static HttpUrl of(URI uri) {
    String host = uri.getHost();
    String authority = host == null ? uri.getRawAuthority() : null;
    return authority == null
        ? new OfUri(uri, withoutBrackets(host), uri.getPort())
        : new OfUri(uri, host(authority), port(authority));
  }

  /** The URL that a {@code URL} is; its handler, which may be the application's, is not asked. */
  public static HttpUrl of(URL url) {
    return new OfUrl(url, withoutBrackets(url.getHost()), url.getPort());
  }

  /**
   * The URL that these parts are.
   *
   * @param authority a host, an IPv6 address with or without its brackets
   * @param port -1 if the URL names none
   * @param target the path and the query, or all of the URL, as requests have it
   */
  public static HttpUrl of(
      @Nullable String scheme, @Nullable String authority, int port, @Nullable String target) {
    return new OfParts(scheme, withoutBrackets(authority), port, target);
  }

  /** The scheme as it is written; null if it is unknown. */
  public abstract @Nullable String scheme();

  /** The host, an IPv6 address without its brackets; null if it is unknown. */
  public final @Nullable String host() {
    return host;
  }

  /** The port, or else that of the scheme; -1 if it is unknown. */
  public final int port() {
    return port;
  }

  /** All of the URL, secrets included. */
  @Override
  public abstract String toString();

  private static int defaultPort(@Nullable String scheme) {
    if ("https".equalsIgnoreCase(scheme)) {
      return 443;
    }
    return "http".equalsIgnoreCase(scheme) ? 80 : -1;
  }

  private static @Nullable String withoutBrackets(@Nullable String host) {
    return host != null && host.length() > 2 && host.charAt(0) == '['
        ? host.substring(1, host.length() - 1)
        : host;
  }

  /** The host in an authority such as {@code user@my_host:8080}. */
  private static @Nullable String host(String authority) {
    int start = authority.lastIndexOf('@') + 1;
    int end = portStart(authority);
    String host = authority.substring(start, end < 0 ? authority.length() : end);
    return host.isEmpty() ? null : withoutBrackets(host);
  }

  /** The port in an authority; -1 if it has none. */
  private static int port(String authority) {
    int start = portStart(authority) + 1;
    int port = 0;
    for (int i = start; i < authority.length(); i++) {
      int digit = authority.charAt(i) - '0';
      if (start == 0 || digit < 0 || digit > 9 || port > 0xFFFF) {
        return -1;
      }
      port = port * 10 + digit;
    }
    return port > 0xFFFF ? -1 : port;
  }

  /** Where the colon before the port is; -1 if there is none. */
  private static int portStart(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf('@') && colon > authority.lastIndexOf(']') ? colon : -1;
  }

  private static final class OfUri extends HttpUrl {

    private final URI uri;

    OfUri(URI uri, @Nullable String host, int port) {
      super(uri.getScheme(), host, port);
      this.uri = uri;
    }

    @Override
    public @Nullable String scheme() {
      return uri.getScheme();
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  private static final class OfUrl extends HttpUrl {

    private final URL url;

    OfUrl(URL url, @Nullable String host, int port) {
      super(url.getProtocol(), host, port);
      this.url = url;
    }

    @Override
    public @Nullable String scheme() {
      return url.getProtocol();
    }

    /** As {@code toExternalForm()} writes it, which asks the handler. */
    @Override
    public String toString() {
      StringBuilder text = new StringBuilder().append(url.getProtocol()).append(':');
      String authority = url.getAuthority();
      append(text, "//", authority == null || authority.isEmpty() ? null : authority);
      append(text, "", url.getPath());
      append(text, "?", url.getQuery());
      append(text, "#", url.getRef());
      return text.toString();
    }

    private static void append(StringBuilder text, String before, @Nullable String part) {
      if (part != null) {
        text.append(before).append(part);
      }
    }
  }

  private static final class OfParts extends HttpUrl {

    private final @Nullable String scheme;
    private final @Nullable String target;

    OfParts(@Nullable String scheme, @Nullable String host, int port, @Nullable String target) {
      super(scheme, host, port);
      this.scheme = scheme;
      this.target = target;
    }

    @Override
    public @Nullable String scheme() {
      return scheme;
    }

    @Override
    public String toString() {
      String path = target == null || target.isEmpty() ? "/" : target;
      if (isAbsolute(path)) {
        return path;
      }
      StringBuilder text = new StringBuilder();
      text.append(scheme == null ? "http" : scheme).append("://");
      appendHost(text);
      if (port() > 0 && port() != defaultPort(scheme)) {
        text.append(':').append(port());
      }
      return text.append(path.charAt(0) == '/' ? "" : "/").append(path).toString();
    }

    private void appendHost(StringBuilder text) {
      String host = host();
      if (host != null && host.indexOf(':') >= 0) {
        text.append('[').append(host).append(']');
      } else if (host != null) {
        text.append(host);
      }
    }

    /** Whether a proxy is sent all of the URL. */
    private static boolean isAbsolute(String target) {
      int scheme = target.indexOf("://");
      for (int i = 0; i < scheme; i++) {
        if ("/?#".indexOf(target.charAt(i)) >= 0) {
          return false;
        }
      }
      return scheme > 0;
    }
  }
}
