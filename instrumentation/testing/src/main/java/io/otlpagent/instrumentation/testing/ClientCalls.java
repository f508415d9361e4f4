package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpClientSpan;
import io.otlpagent.instrumentation.semconv.http.HttpUrl;
import io.otlpagent.instrumentation.trace.Context;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays an HTTP client that is built on another one. */
final class ClientCalls {

  private final HttpClientInstrumenter<String, Integer> instrumenter =
      new HttpClientInstrumenter<>("outer", new Getter());

  void around(Runnable body) {
    ClientCall<String, Integer> call = instrumenter.call();
    assertThat(call.startAt("http://outer/", System.nanoTime())).isTrue();
    HttpClientSpan span = Objects.requireNonNull(call.span());
    Context.enter(span);
    try {
      body.run();
    } finally {
      Context.exit(span);
      call.end(200, null);
    }
  }

  private static final class Getter implements HttpClientGetter<String, Integer> {

    @Override
    public String method(String url) {
      return "GET";
    }

    @Override
    public HttpUrl url(String url) {
      return HttpUrl.of(URI.create(url));
    }

    @Override
    public int status(Integer status) {
      return status;
    }

    @Override
    public @Nullable String protocolVersion(Integer status) {
      return null;
    }

    @Override
    public @Nullable InetSocketAddress peer(String url, @Nullable Integer status) {
      return null;
    }
  }
}
