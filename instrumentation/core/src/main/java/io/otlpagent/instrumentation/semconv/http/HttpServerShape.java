package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What many requests have in common: the name of their spans and some of the attributes. Immutable;
 * asked for by the exporter thread.
 */
final class HttpServerShape extends AttributeBlock {

  /** What is longer is no usual request, and not worth the memory. */
  private static final int MAX_LENGTH = 256;

  // One for each hash. Two threads would only make the same again.
  private static final @Nullable HttpServerShape[] RECENT = new HttpServerShape[256];

  private final SemconvSettings settings = SemconvSettings.installed();
  private final @Nullable String method;
  private final @Nullable String scheme;
  private final @Nullable String route;
  private final int status;
  private final @Nullable String protocol;
  private final @Nullable String host;
  private final String name;

  private HttpServerShape(HttpServerSpan span, @Nullable String host) {
    this.method = span.method;
    this.scheme = span.originalScheme();
    this.route = span.route();
    this.status = span.status;
    this.protocol = span.protocol;
    this.host = host;
    this.name = HttpMethods.spanName(HttpMethods.known(method), route);
  }

  /**
   * The shape of a request.
   *
   * @param host the header, if that alone says what the server is called
   */
  static HttpServerShape of(HttpServerSpan span, @Nullable String host) {
    int hash = 31 * (31 * Objects.hashCode(span.route()) + Objects.hashCode(host)) + span.status;
    int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
    HttpServerShape recent = RECENT[slot];
    if (recent != null && recent.fits(span, host)) {
      return recent;
    }
    HttpServerShape made = new HttpServerShape(span, host);
    if (made.length() <= MAX_LENGTH) {
      RECENT[slot] = made;
    }
    return made;
  }

  private boolean fits(HttpServerSpan span, @Nullable String host) {
    return status == span.status
        && Objects.equals(method, span.method)
        && Objects.equals(route, span.route())
        && Objects.equals(this.host, host)
        && Objects.equals(scheme, span.originalScheme())
        && Objects.equals(protocol, span.protocol)
        && settings == SemconvSettings.installed();
  }

  private int length() {
    return length(method) + length(scheme) + length(protocol) + length(host);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  String name() {
    return name;
  }

  @Override
  public void writeTo(AttributeWriter writer) {
    String known = HttpMethods.known(method);
    writer.put(HttpAttributes.HTTP_REQUEST_METHOD, known);
    if (!known.equals(method)) {
      writer.put(HttpAttributes.HTTP_REQUEST_METHOD_ORIGINAL, method);
    }
    writer.put(HttpAttributes.URL_SCHEME, scheme);
    writer.put(HttpAttributes.HTTP_ROUTE, route);
    if (status > 0) {
      writer.put(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status);
    }
    writer.put(HttpAttributes.NETWORK_PROTOCOL_VERSION, version(protocol));
    writeServer(writer, ForwardedHeaders.first(host));
  }

  static @Nullable String version(@Nullable String protocol) {
    if (protocol == null) {
      return null;
    }
    switch (protocol) {
      case "HTTP/1.1":
        return "1.1";
      case "HTTP/2.0":
      case "HTTP/2":
        return "2";
      case "HTTP/1.0":
        return "1.0";
      case "HTTP/3.0":
      case "HTTP/3":
        return "3";
      default:
        return null;
    }
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
