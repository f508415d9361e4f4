package io.otlpagent.agent.export.transport;

import java.net.URI;
import java.net.URISyntaxException;

/** Where the collector listens, as the operator wrote it. Immutable. */
public final class CollectorEndpoint {

  private final String host;
  private final int port;
  private final boolean tls;
  private final String path;

  private CollectorEndpoint(String host, int port, boolean tls, String path) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.path = path;
  }

  /**
   * Reads {@code http://host:port/path}, {@code https://...} or, for gRPC, {@code host:port}. A
   * missing port is that of the scheme.
   *
   * @param insecure whether an endpoint without a scheme is plain text
   * @throws IllegalArgumentException if it is nothing of the kind
   */
  public static CollectorEndpoint of(String text, boolean insecure) {
    String trimmed = text.trim();
    String url = trimmed.contains("://") ? trimmed : (insecure ? "http://" : "https://") + trimmed;
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("endpoint is not a URL: " + e.getReason(), e);
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("endpoint begins with neither http:// nor https://");
    }
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("endpoint has no valid host name");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return new CollectorEndpoint(host, port, tls, path);
  }

  /** A name or an address; an IPv6 address is in brackets. */
  public String host() {
    return host;
  }

  /** The host as certificates have it: an IPv6 address is without brackets. */
  public String nameForTls() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    return port;
  }

  /** For {@code Host} and {@code :authority}: the port only if it is not that of the scheme. */
  public String authority() {
    return port == (tls ? 443 : 80) ? host : host + ':' + port;
  }

  public boolean tls() {
    return tls;
  }

  /** Empty or beginning with a slash. */
  public String path() {
    return path;
  }

  /** The URL of another port of the same host. */
  public String withPort(int other) {
    return new CollectorEndpoint(host, other, tls, path).toString();
  }

  /** The URL with TLS or without. */
  public String withTls(boolean secured) {
    return new CollectorEndpoint(host, port, secured, path).toString();
  }

  /** The URL without anything that might be secret. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + host + ':' + port + path;
  }
}
