package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a connection, the headers of its request, and its response, which is headers too. */
final class HttpUrlConnectionGetter implements HttpClientGetter<WireCall, Object> {

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
  public int status(Object response) {
    return StatusLine.status(SunClasses.statusLine(response));
  }

  @Override
  public @Nullable String protocolVersion(Object response) {
    return StatusLine.version(SunClasses.statusLine(response));
  }

  @Override
  public @Nullable InetSocketAddress peer(WireCall call, @Nullable Object response) {
    return call.peer();
  }

  @Override
  public @Nullable List<String> requestHeader(WireCall call, String name) {
    Object headers = call.sending();
    return headers == null ? null : SunClasses.all(headers, name);
  }

  @Override
  public @Nullable List<String> responseHeader(Object response, String name) {
    return SunClasses.all(response, name);
  }
}
