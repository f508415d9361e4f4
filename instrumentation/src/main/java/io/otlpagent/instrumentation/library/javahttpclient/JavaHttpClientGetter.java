package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the request of an attempt, and its response. */
final class JavaHttpClientGetter implements HttpClientGetter<Attempt, Object> {

  @Override
  public String method(Attempt attempt) {
    return ClientClasses.method(attempt.request());
  }

  @Override
  public Object url(Attempt attempt) {
    return ClientClasses.uri(attempt.request());
  }

  @Override
  public @Nullable String scheme(Attempt attempt) {
    return ClientClasses.uri(attempt.request()).getScheme();
  }

  @Override
  public @Nullable String host(Attempt attempt) {
    return ClientClasses.uri(attempt.request()).getHost();
  }

  @Override
  public int port(Attempt attempt) {
    return ClientClasses.uri(attempt.request()).getPort();
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
  public @Nullable InetSocketAddress peer(Attempt attempt, @Nullable Object response) {
    return ClientClasses.address(attempt.exchange());
  }

  @Override
  public @Nullable List<String> requestHeader(Attempt attempt, String name) {
    return ClientHeaders.ofRequest(attempt.request(), name);
  }

  @Override
  public @Nullable List<String> responseHeader(Object response, String name) {
    return ClientHeaders.ofResponse(response, name);
  }

  @Override
  public long sentBodySize(Attempt attempt) {
    return SentBody.size(ClientClasses.exchangeImpl(attempt.exchange()));
  }
}
