package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.HttpClientGetter;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads a connection, and the status line of its response. */
final class HttpUrlConnectionGetter implements HttpClientGetter<WireCall, String> {

  @Override
  public String method(WireCall call) {
    return call.connection().getRequestMethod();
  }

  @Override
  public Object url(WireCall call) {
    return call.connection().getURL();
  }

  @Override
  public String scheme(WireCall call) {
    return call.connection().getURL().getProtocol();
  }

  @Override
  public String host(WireCall call) {
    return call.connection().getURL().getHost();
  }

  @Override
  public int port(WireCall call) {
    return call.connection().getURL().getPort();
  }

  @Override
  public int status(String statusLine) {
    return StatusLine.status(statusLine);
  }

  @Override
  public @Nullable String protocolVersion(String statusLine) {
    return StatusLine.version(statusLine);
  }

  @Override
  public @Nullable InetSocketAddress peer(WireCall call, @Nullable String statusLine) {
    return call.peer();
  }
}
