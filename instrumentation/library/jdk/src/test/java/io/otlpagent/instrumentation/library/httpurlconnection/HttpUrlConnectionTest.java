package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.testing.HttpClientContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** The contract over plain HTTP. */
class HttpUrlConnectionTest extends HttpClientContract {

  @Override
  protected Response send(Request request) throws IOException {
    return exchange(open(request.url()), request);
  }

  @Override
  protected void sendImpatiently(Request request) throws IOException {
    HttpURLConnection connection = open(request.url());
    connection.setReadTimeout(200);
    exchange(connection, request);
  }

  protected HttpURLConnection open(String url) throws IOException {
    return (HttpURLConnection) new URL(url).openConnection();
  }

  private static Response exchange(HttpURLConnection connection, Request request)
      throws IOException {
    connection.setRequestMethod(request.method());
    request
        .headers()
        .forEach((name, values) -> values.forEach(v -> connection.addRequestProperty(name, v)));
    if (request.body() != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request.body().getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    if (in == null) {
      return new Response(status, "");
    }
    try (in) {
      return new Response(status, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  protected String timeoutType() {
    return "java.net.SocketTimeoutException";
  }

  @Override
  protected String unknownHostType() {
    return "java.net.UnknownHostException";
  }

  @Override
  protected String scope() {
    return "http-url-connection";
  }
}
