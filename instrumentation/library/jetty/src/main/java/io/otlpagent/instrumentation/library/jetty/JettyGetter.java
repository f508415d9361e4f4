package io.otlpagent.instrumentation.library.jetty;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import java.util.Collection;
import java.util.Enumeration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Reads what the connection has parsed already; never parameters, body or session. */
final class JettyGetter implements HttpServerGetter<Request, Response> {

  @Override
  public @Nullable String method(Request request) {
    return request.getMethod();
  }

  @Override
  public @Nullable String scheme(Request request) {
    return request.getScheme();
  }

  @Override
  public @Nullable String path(Request request) {
    return request.getRequestURI();
  }

  @Override
  public @Nullable String query(Request request) {
    return request.getQueryString();
  }

  @Override
  public @Nullable String protocol(Request request) {
    return request.getProtocol();
  }

  @Override
  public @Nullable String peerAddress(Request request) {
    return request.getRemoteAddr();
  }

  @Override
  public int peerPort(Request request) {
    return request.getRemotePort();
  }

  /** Asked if the head of the response was not sent: then nothing was. */
  @Override
  public int status(Response response, @Nullable Throwable thrown) {
    return 0;
  }

  @Override
  public @Nullable Collection<String> responseHeader(Response response, String name) {
    return response.getHeaders(name);
  }

  @Override
  public @Nullable String first(Request request, String name) {
    String value = request.getHeader(name);
    return value == null && name.equals("host") ? authority(request) : value;
  }

  /** What HTTP/2 has in place of the header. Without either, Jetty may ask the DNS. */
  private static @Nullable String authority(Request request) {
    String protocol = request.getProtocol();
    if (protocol == null || protocol.startsWith("HTTP/1") || protocol.startsWith("HTTP/0")) {
      return null;
    }
    int port = request.getServerPort();
    String name = request.getServerName();
    return port == 80 || port == 443 ? name : name + ':' + port;
  }

  @Override
  public @Nullable Enumeration<String> all(Request request, String name) {
    return request.getHeaders(name);
  }

  @Override
  public @Nullable Enumeration<String> names(Request request) {
    return request.getHeaderNames();
  }
}
