package io.otlpagent.agent.export;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import java.net.InetSocketAddress;
import java.net.URI;

/** A request that is but its address, and a response that is but its status. */
class UriGetter implements HttpClientGetter<URI, Integer> {
  @Override
  public String method(URI request) {
    return "GET";
  }

  @Override
  public Object url(URI request) {
    return request;
  }

  @Override
  public String scheme(URI request) {
    return request.getScheme();
  }

  @Override
  public String host(URI request) {
    return request.getHost();
  }

  @Override
  public int port(URI request) {
    return request.getPort();
  }

  @Override
  public int status(Integer response) {
    return response;
  }

  @Override
  public String protocolVersion(Integer response) {
    return "1.1";
  }

  @Override
  public InetSocketAddress peer(URI request, Integer response) {
    return null;
  }
}
