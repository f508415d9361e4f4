package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.testing.HttpClientContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

  @Override
  protected int sendThroughProxy(Request request, int proxyPort) throws IOException {
    Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", proxyPort));
    return exchange((HttpURLConnection) new URL(request.url()).openConnection(proxy), request)
        .status();
  }

  @Override
  protected Map<String, List<String>> sendAndReadHeaders(Request request) throws IOException {
    HttpURLConnection connection = open(request.url());
    exchange(connection, request);
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : List.of("X-Color", "traceparent", "tracestate", "baggage")) {
      String value = connection.getRequestProperty(name);
      if (value != null) {
        headers.put(name, List.of(value));
      }
    }
    return headers;
  }

  @Override
  protected Runnable sendToCancel(Request request) throws IOException {
    HttpURLConnection connection = open(request.url());
    Thread caller =
        new Thread(
            () -> {
              try {
                exchange(connection, request);
              } catch (IOException e) {
                // As it was given up.
              }
            });
    caller.start();
    return connection::disconnect;
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
  protected String lostConnectionType() {
    return "connection_closed";
  }

  @Override
  protected String refusedTunnelType() {
    return "java.io.IOException";
  }

  /** Any thread may disconnect, and the one that sends gets what the socket throws. */
  @Override
  protected String cancelledType() {
    return "java.net.SocketException";
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
