package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.testing.HttpClientContract;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;

/** The contract with {@code send} over HTTP/1.1. */
class JavaHttpClientTest extends HttpClientContract {

  protected HttpClient client;

  @BeforeEach
  void makeClient() {
    client = client().build();
  }

  protected HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL);
  }

  @Override
  protected Response send(Request request) throws Exception {
    return exchange(build(request).build());
  }

  @Override
  protected void sendImpatiently(Request request) throws Exception {
    exchange(build(request).timeout(Duration.ofSeconds(1)).build());
  }

  @Override
  protected int sendThroughProxy(Request request, int proxyPort) throws Exception {
    HttpClient direct = client;
    client =
        client().proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxyPort))).build();
    try {
      return exchange(build(request).build()).status();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      client = direct;
    }
  }

  @Override
  protected Map<String, List<String>> sendAndReadHeaders(Request request) throws Exception {
    HttpRequest sent = build(request).build();
    exchange(sent);
    return sent.headers().map();
  }

  @Override
  protected Runnable sendToCancel(Request request) {
    CompletableFuture<?> future =
        client.sendAsync(build(request).build(), HttpResponse.BodyHandlers.discarding());
    return () -> future.cancel(true);
  }

  protected Response exchange(HttpRequest request) throws Exception {
    return response(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  protected static Response response(HttpResponse<String> response) {
    return new Response(response.statusCode(), response.body());
  }

  private static HttpRequest.Builder build(Request request) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    return builder.method(
        request.method(),
        request.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(request.body()));
  }

  @Override
  protected String lostConnectionType() {
    return "java.io.IOException";
  }

  @Override
  protected String refusedTunnelType() {
    return "java.io.IOException";
  }

  @Override
  protected String timeoutType() {
    return "java.net.http.HttpTimeoutException";
  }

  @Override
  protected String unknownHostType() {
    return "java.net.ConnectException";
  }

  @Override
  protected String scope() {
    return "java-http-client";
  }

  @Override
  protected int connectAttempts() {
    // The client tries once more by itself (jdk.httpclient.disableRetryConnect).
    return 2;
  }
}
