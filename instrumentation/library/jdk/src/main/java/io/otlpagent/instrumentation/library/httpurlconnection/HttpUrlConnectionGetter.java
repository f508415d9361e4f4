package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a connection, the headers of its request, and its response, which is headers too. */
final class HttpUrlConnectionGetter implements HttpClientGetter<WireRequest, Object> {

  @Override
  public String method(WireRequest request) {
    return request.connection().getRequestMethod();
  }

  @Override
  public HttpUrl url(WireRequest request) {
    return HttpUrl.of(request.connection().getURL());
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
  public @Nullable InetSocketAddress peer(WireRequest request, @Nullable Object response) {
    return request.peer();
  }

  @Override
  public @Nullable List<String> requestHeader(WireRequest request, String name) {
    Object headers = request.headers();
    return headers == null ? null : SunClasses.all(headers, name);
  }

  @Override
  public @Nullable List<String> responseHeader(Object response, String name) {
    return SunClasses.all(response, name);
  }
}
