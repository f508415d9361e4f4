package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.testing.HttpAuthenticationContract;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Requests that the client sends again with credentials. */
class JavaHttpClientAuthenticationTest extends HttpAuthenticationContract {

  @Override
  protected int send(Authenticated request) throws Exception {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .authenticator(request.credentials());
    if (request.proxyPort() != null) {
      client.proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", request.proxyPort())));
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    boolean posted = request.method().equals("POST");
    builder.method(
        request.method(),
        posted ? HttpRequest.BodyPublishers.ofString("text") : HttpRequest.BodyPublishers.noBody());
    return client
        .build()
        .send(builder.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
