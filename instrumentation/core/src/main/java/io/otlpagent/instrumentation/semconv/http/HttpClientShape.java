package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that many calls of one server have in common: all but the URL. Immutable; asked
 * for by the exporter thread.
 */
final class HttpClientShape extends AttributeBlock {

  /** What is longer is no usual call, and not worth the memory. */
  private static final int MAX_LENGTH = 256;

  // One for each hash. Two threads would only make the same again.
  private static final @Nullable HttpClientShape[] RECENT = new HttpClientShape[128];

  private final SemconvSettings settings = SemconvSettings.installed();
  private final String method;
  private final @Nullable String host;
  private final int port;
  private final int status;
  private final @Nullable String protocolVersion;
  private final @Nullable InetSocketAddress peer;

  private HttpClientShape(HttpClientSpan span) {
    this.method = span.method;
    this.host = span.host();
    this.port = span.port();
    this.status = span.status;
    this.protocolVersion = span.protocolVersion;
    this.peer = span.peer;
  }

  static HttpClientShape of(HttpClientSpan span) {
    int hash =
        31 * (31 * Objects.hashCode(span.host()) + Objects.hashCode(span.peer)) + span.status;
    int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
    HttpClientShape recent = RECENT[slot];
    if (recent != null && recent.fits(span)) {
      return recent;
    }
    HttpClientShape made = new HttpClientShape(span);
    if (made.method.length() + (made.host == null ? 0 : made.host.length()) <= MAX_LENGTH) {
      RECENT[slot] = made;
    }
    return made;
  }

  private boolean fits(HttpClientSpan span) {
    return status == span.status
        && port == span.port()
        && method.equals(span.method)
        && Objects.equals(host, span.host())
        && Objects.equals(peer, span.peer)
        && Objects.equals(protocolVersion, span.protocolVersion)
        && settings == SemconvSettings.installed();
  }

  @Override
  public void writeTo(AttributeWriter writer) {
    String known = HttpMethods.known(method);
    writer.put(HttpAttributes.HTTP_REQUEST_METHOD, known);
    if (!known.equals(method)) {
      writer.put(HttpAttributes.HTTP_REQUEST_METHOD_ORIGINAL, method);
    }
    writer.put(HttpAttributes.SERVER_ADDRESS, host);
    if (port > 0) {
      writer.put(HttpAttributes.SERVER_PORT, port);
    }
    if (status > 0) {
      writer.put(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status);
    }
    writer.put(HttpAttributes.NETWORK_PROTOCOL_VERSION, protocolVersion);
    // An unresolved address has a name only, and the peer is an address.
    InetAddress address = peer == null ? null : peer.getAddress();
    if (peer != null && address != null) {
      writer.put(HttpAttributes.NETWORK_PEER_ADDRESS, address.getHostAddress());
      writer.put(HttpAttributes.NETWORK_PEER_PORT, peer.getPort());
    }
  }
}
