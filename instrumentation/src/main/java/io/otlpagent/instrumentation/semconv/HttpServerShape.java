package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.AttributeBlock;
import io.otlpagent.instrumentation.trace.AttributeWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What many requests have in common: the name of their spans and some of the attributes. Immutable;
 * asked for by the exporter thread.
 */
final class HttpServerShape extends AttributeBlock {

  /** A longer one is nobody's name, and not worth the memory. */
  private static final int MAX_HOST = 256;

  // One for each hash. Two threads would only make the same again.
  private static final @Nullable HttpServerShape[] RECENT = new HttpServerShape[256];

  private final String method;
  private final @Nullable String scheme;
  private final @Nullable String route;
  private final int status;
  private final @Nullable String protocolVersion;
  private final @Nullable String host;
  private final String name;

  private HttpServerShape(HttpServerSpan span, String method, @Nullable String host) {
    this.method = method;
    this.scheme = span.originalScheme();
    this.route = span.route();
    this.status = span.status;
    this.protocolVersion = span.protocolVersion();
    this.host = host;
    this.name = HttpMethods.spanName(method, route);
  }

  /**
   * The shape of a request.
   *
   * @param host the header, if that alone says what the server is called
   */
  static HttpServerShape of(HttpServerSpan span, @Nullable String host) {
    String method = HttpMethods.known(span.method);
    int hash = 31 * (31 * Objects.hashCode(span.route()) + Objects.hashCode(host)) + span.status;
    int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
    HttpServerShape recent = RECENT[slot];
    if (recent != null && recent.fits(span, method, host)) {
      return recent;
    }
    HttpServerShape made = new HttpServerShape(span, method, host);
    if (host == null || host.length() <= MAX_HOST) {
      RECENT[slot] = made;
    }
    return made;
  }

  private boolean fits(HttpServerSpan span, String method, @Nullable String host) {
    return status == span.status
        && method.equals(this.method)
        && Objects.equals(route, span.route())
        && Objects.equals(this.host, host)
        && Objects.equals(scheme, span.originalScheme())
        && Objects.equals(protocolVersion, span.protocolVersion());
  }

  String name() {
    return name;
  }

  @Override
  public void writeTo(AttributeWriter writer) {
    writer.put(HttpAttributes.HTTP_REQUEST_METHOD, method);
    writer.put(HttpAttributes.URL_SCHEME, scheme);
    writer.put(HttpAttributes.HTTP_ROUTE, route);
    if (status > 0) {
      writer.put(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status);
    }
    writer.put(HttpAttributes.NETWORK_PROTOCOL_VERSION, protocolVersion);
    writeServer(writer, ForwardedHeaders.first(host));
  }

  /** Writes what the server is called, as {@code host[:port]} says. */
  static void writeServer(AttributeWriter writer, @Nullable String authority) {
    String address = authority == null ? null : ForwardedHeaders.host(authority);
    if (authority != null && address != null) {
      writer.put(HttpAttributes.SERVER_ADDRESS, address);
      int port = ForwardedHeaders.port(authority);
      if (port > 0) {
        writer.put(HttpAttributes.SERVER_PORT, port);
      }
    }
  }
}
