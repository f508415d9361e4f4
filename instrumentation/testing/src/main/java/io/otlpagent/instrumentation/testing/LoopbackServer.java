package io.otlpagent.instrumentation.testing;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An HTTP server that remembers what it received: HTTP/1.1 and HTTP/2, the latter by ALPN or by
 * upgrade. What it answers is in the path.
 *
 * <ul>
 *   <li>{@code /echo}: the body of the request
 *   <li>{@code /status/404}: that status
 *   <li>{@code /redirect/x}: 302 to {@code /x}; {@code /redirect307/x} likewise
 *   <li>{@code /protected}: 401 with a challenge for Basic, unless there are credentials
 *   <li>{@code /headers}: two values of {@code X-Taste}, and a cookie
 *   <li>{@code /silent}: nothing, until the server is closed
 * </ul>
 */
public final class LoopbackServer implements AutoCloseable {

  // Held, as the log manager holds loggers weakly.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("io.undertow"), Logger.getLogger("org.xnio"));

  static {
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
  }

  /** A request as it arrived; names of headers are in lower case. */
  public record Received(
      String method,
      String pathAndQuery,
      String protocol,
      Map<String, List<String>> headers,
      InetSocketAddress client) {

    /** The only value of a header; null if there is none. */
    public String header(String name) {
      List<String> values = headers.get(name);
      if (values == null) {
        return null;
      }
      if (values.size() > 1) {
        throw new AssertionError(name + " was sent more than once: " + values);
      }
      return values.get(0);
    }
  }

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Undertow undertow;
  private final String scheme;
  private final InetSocketAddress address;

  private LoopbackServer(String host, boolean secure) {
    this.scheme = secure ? "https" : "http";
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(1)
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            // A client that never ends its request must not keep us.
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, 500)
            .setHandler(this::handle);
    this.undertow =
        (secure
                ? builder.addHttpsListener(0, host, Certificates.context())
                : builder.addHttpListener(0, host))
            .build();
    undertow.start();
    this.address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
  }

  public static LoopbackServer http() {
    return new LoopbackServer("127.0.0.1", false);
  }

  public static LoopbackServer https() {
    return new LoopbackServer("127.0.0.1", true);
  }

  /** On the loopback address of IPv6. */
  public static LoopbackServer ipv6() {
    return new LoopbackServer("::1", false);
  }

  public int port() {
    return address.getPort();
  }

  /** The URL of a path and query on this server. */
  public String url(String pathAndQuery) {
    String host = address.getAddress().getHostAddress();
    return scheme + "://" + (host.indexOf(':') < 0 ? host : "[::1]") + ":" + port() + pathAndQuery;
  }

  /** All requests so far. */
  public List<Received> received() {
    return received;
  }

  private void handle(HttpServerExchange exchange) throws IOException {
    if (exchange.isInIoThread()) {
      exchange.dispatch(this::handle);
      return;
    }
    exchange.startBlocking();
    byte[] body = exchange.getInputStream().readAllBytes();
    received.add(received(exchange));
    answer(exchange, exchange.getRequestPath(), body);
    exchange.endExchange();
  }

  private void answer(HttpServerExchange exchange, String path, byte[] body) throws IOException {
    if (path.startsWith("/status/")) {
      exchange.setStatusCode(Integer.parseInt(path.substring("/status/".length())));
    } else if (path.startsWith("/redirect")) {
      int target = path.indexOf('/', 1);
      exchange.setStatusCode(path.startsWith("/redirect307") ? 307 : 302);
      exchange.getResponseHeaders().put(Headers.LOCATION, url(path.substring(target)));
    } else if (path.equals("/protected")
        && !exchange.getRequestHeaders().contains(Headers.AUTHORIZATION)) {
      exchange.setStatusCode(401);
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"test\"");
    } else if (path.equals("/headers")) {
      exchange.getResponseHeaders().add(new HttpString("X-Taste"), "sweet");
      exchange.getResponseHeaders().add(new HttpString("X-Taste"), "sour");
      exchange.getResponseHeaders().add(Headers.SET_COOKIE, "session=hush");
    } else if (path.equals("/silent")) {
      awaitClose();
    } else {
      exchange.getOutputStream().write(path.equals("/echo") ? body : bytes("hello"));
      exchange.getOutputStream().close();
    }
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Received received(HttpServerExchange exchange) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpString name : exchange.getRequestHeaders().getHeaderNames()) {
      HeaderValues values = exchange.getRequestHeaders().get(name);
      headers.put(name.toString().toLowerCase(Locale.ROOT), List.copyOf(values));
    }
    String query = exchange.getQueryString();
    return new Received(
        exchange.getRequestMethod().toString(),
        exchange.getRequestPath() + (query.isEmpty() ? "" : "?" + query),
        exchange.getProtocol().toString(),
        headers,
        exchange.getSourceAddress());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closing.countDown();
    undertow.stop();
  }
}
