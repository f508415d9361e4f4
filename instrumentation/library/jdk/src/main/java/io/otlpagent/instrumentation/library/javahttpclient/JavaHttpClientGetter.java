package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an exchange with its request, and its response. */
final class JavaHttpClientGetter implements HttpClientGetter<Object, Object> {

  @Override
  public String method(Object exchange) {
    return ClientClasses.method(ClientClasses.request(exchange));
  }

  @Override
  public HttpUrl url(Object exchange) {
    return HttpUrl.of(ClientClasses.uri(ClientClasses.request(exchange)));
  }

  @Override
  public int status(Object response) {
    return ClientClasses.status(response);
  }

  @Override
  public @Nullable String protocolVersion(Object response) {
    switch (((Enum<?>) ClientClasses.version(response)).name()) {
      case "HTTP_1_1":
        return "1.1";
      case "HTTP_2":
        return "2";
      case "HTTP_3":
        return "3";
      default:
        return null;
    }
  }

  @Override
  public @Nullable InetSocketAddress peer(Object exchange, @Nullable Object response) {
    return ClientClasses.address(exchange);
  }

  @Override
  public @Nullable List<String> requestHeader(Object exchange, String name) {
    return ClientHeaders.ofRequest(ClientClasses.request(exchange), name);
  }

  @Override
  public @Nullable List<String> responseHeader(Object response, String name) {
    return ClientHeaders.ofResponse(response, name);
  }

  @Override
  public long sentBodySize(Object exchange) {
    return SentBody.size(ClientClasses.exchangeImpl(exchange));
  }
}
