package io.otlpagent.agent.export;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import java.net.InetSocketAddress;
import java.net.URI;

/** A request that is but its address, and a response that is but its status. */
class UriGetter implements HttpClientGetter<URI, Integer> {
  @Override
  public String method(URI request) {
    return "GET";
  }

  @Override
  public HttpUrl url(URI request) {
    return HttpUrl.of(request);
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
