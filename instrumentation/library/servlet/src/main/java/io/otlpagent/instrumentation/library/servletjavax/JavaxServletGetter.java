package io.otlpagent.instrumentation.library.servletjavax;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import java.util.Collection;
import java.util.Enumeration;
import javax.servlet.UnavailableException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Reads what the container has parsed already; never parameters, body or session. */
final class JavaxServletGetter
    implements HttpServerGetter<HttpServletRequest, HttpServletResponse> {

  @Override
  public @Nullable String method(HttpServletRequest request) {
    return request.getMethod();
  }

  @Override
  public @Nullable String scheme(HttpServletRequest request) {
    return request.getScheme();
  }

  @Override
  public @Nullable String path(HttpServletRequest request) {
    return request.getRequestURI();
  }

  @Override
  public @Nullable String query(HttpServletRequest request) {
    return request.getQueryString();
  }

  @Override
  public @Nullable String protocol(HttpServletRequest request) {
    return request.getProtocol();
  }

  @Override
  public @Nullable String peerAddress(HttpServletRequest request) {
    return request.getRemoteAddr();
  }

  @Override
  public int peerPort(HttpServletRequest request) {
    return request.getRemotePort();
  }

  @Override
  public int status(HttpServletResponse response, @Nullable Throwable thrown) {
    if (thrown == null || response.isCommitted()) {
      return response.getStatus();
    }
    if (thrown instanceof UnavailableException) {
      return ((UnavailableException) thrown).isPermanent() ? 404 : 503;
    }
    return 500;
  }

  @Override
  public @Nullable Collection<String> responseHeader(HttpServletResponse response, String name) {
    return response.getHeaders(name);
  }

  @Override
  public @Nullable String first(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null && name.equals("host") ? authority(request) : value;
  }

  /** What HTTP/2 has in place of the header. Without either, a container may ask the DNS. */
  private static @Nullable String authority(HttpServletRequest request) {
    String protocol = request.getProtocol();
    if (protocol == null || protocol.startsWith("HTTP/1") || protocol.startsWith("HTTP/0")) {
      return null;
    }
    int port = request.getServerPort();
    String name = request.getServerName();
    return port == 80 || port == 443 ? name : name + ':' + port;
  }

  @Override
  public @Nullable Enumeration<String> all(HttpServletRequest request, String name) {
    return request.getHeaders(name);
  }

  @Override
  public @Nullable Enumeration<String> names(HttpServletRequest request) {
    return request.getHeaderNames();
  }
}
