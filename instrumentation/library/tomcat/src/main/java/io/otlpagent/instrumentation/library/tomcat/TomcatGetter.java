package io.otlpagent.instrumentation.library.tomcat;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/** Reads what the connector has parsed already; never parameters, body or session. */
final class TomcatGetter implements HttpServerGetter<Request, Response> {

  private static final int MAX_VALUES = 1024;

  @Override
  public @Nullable String method(Request request) {
    return request.getMethod();
  }

  /** Of the connector, unless its own TLS says so: the adapter has not set it yet. */
  @Override
  public @Nullable String scheme(Request request) {
    String scheme = request.getCoyoteRequest().scheme().toString();
    return scheme == null ? request.getConnector().getScheme() : scheme;
  }

  /** Not by {@code getRequestURI()}, after which the adapter would no longer decode the bytes. */
  @Override
  public @Nullable String path(Request request) {
    return request.getCoyoteRequest().requestURI().toString();
  }

  @Override
  public boolean pathAtEnd() {
    return true;
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

  /** Asked if the head of the response is not out: it will be, unless the connection is gone. */
  @Override
  public int status(Response response, @Nullable Throwable thrown) {
    return 0;
  }

  @Override
  public @Nullable Collection<String> responseHeader(Response response, String name) {
    List<String> list = new ArrayList<>();
    Enumeration<String> values = response.getMimeHeaders().values(name);
    while (list.size() < MAX_VALUES && values.hasMoreElements()) {
      list.add(values.nextElement());
    }
    return list;
  }

  @Override
  public @Nullable String first(Request request, String name) {
    String value = request.getHeader(name);
    return value == null && name.equals("host") ? authority(request) : value;
  }

  /** What HTTP/2 has in place of the header. Without either, a container may ask the DNS. */
  private static @Nullable String authority(Request request) {
    String protocol = request.getProtocol();
    if (protocol == null || protocol.startsWith("HTTP/1") || protocol.startsWith("HTTP/0")) {
      return null;
    }
    int port = request.getServerPort();
    String name = request.getServerName();
    return name == null || port <= 0 || port == 80 || port == 443 ? name : name + ':' + port;
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
