package io.otlpagent.smoke.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Tells over HTTP what a receiver has got: {@code GET /} answers {@code spans=N requests=N}. */
public final class CountEndpoint implements AutoCloseable {

  private final HttpServer server;

  /**
   * @param port 0 for any that is free
   */
  public CountEndpoint(int port, OtlpReceiver receiver) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> answer(exchange, receiver));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, OtlpReceiver receiver) throws IOException {
    String text = "spans=" + receiver.spanCount() + " requests=" + receiver.requestCount() + "\n";
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
