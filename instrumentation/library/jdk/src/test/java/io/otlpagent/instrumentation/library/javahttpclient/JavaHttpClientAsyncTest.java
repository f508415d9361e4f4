package io.otlpagent.instrumentation.library.javahttpclient;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The contract with {@code sendAsync} over HTTP/1.1. */
class JavaHttpClientAsyncTest extends JavaHttpClientTest {

  @Override
  protected Response exchange(HttpRequest request) throws Exception {
    return response(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get());
  }
}
