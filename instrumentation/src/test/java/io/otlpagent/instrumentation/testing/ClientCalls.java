package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.semconv.http.HttpClientGetter;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpClientSpan;
import io.otlpagent.instrumentation.trace.Context;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plays an HTTP client that is built on another one. */
final class ClientCalls {

  private final HttpClientInstrumenter<String, Integer> instrumenter =
      new HttpClientInstrumenter<>("outer", new Getter());

  void around(Runnable body) {
    HttpClientSpan span = Objects.requireNonNull(instrumenter.start("http://outer/"));
    Context.enter(span);
    try {
      body.run();
    } finally {
      Context.exit(span);
      instrumenter.end(span, "http://outer/", 200, null);
    }
  }

  private static final class Getter implements HttpClientGetter<String, Integer> {

    @Override
    public String method(String url) {
      return "GET";
    }

    @Override
    public Object url(String url) {
      return url;
    }

    @Override
    public String scheme(String url) {
      return "http";
    }

    @Override
    public String host(String url) {
      return "outer";
    }

    @Override
    public int port(String url) {
      return -1;
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
