package io.otlpagent.agent.export.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Leads a connection through an HTTP proxy with {@code CONNECT}, for TLS and plain text alike: what
 * is spoken to the collector is then none of the proxy's business. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6">RFC 9110: CONNECT</a>
 */
public final class ProxyTunnel {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MAX_HEAD_BYTES = 8192;

  private final CollectorEndpoint proxy;
  private final Supplier<String> credentials;

  /**
   * @param proxy where it listens, without TLS
   * @param credentials {@code user:password}, asked for each connection; empty for none
   */
  public ProxyTunnel(CollectorEndpoint proxy, Supplier<String> credentials) {
    this.proxy = proxy;
    this.credentials = credentials;
  }

  /** What to connect to instead of the collector. */
  CollectorEndpoint proxy() {
    return proxy;
  }

  /**
   * Has the proxy connect to a target; the socket is then as if it were connected to that.
   *
   * @param socket connected to the proxy; waits for an answer as long as its timeout says, and 10 s
   *     at most
   * @throws ProxyException if the proxy does not do so
   */
  public void open(Socket socket, CollectorEndpoint target, int port) throws IOException {
    int timeout = socket.getSoTimeout();
    if (timeout == 0 || timeout > PATIENCE_MILLIS) {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
    socket.getOutputStream().write(request(target.host() + ":" + port));
    socket.getOutputStream().flush();
    String answer = head(socket.getInputStream());
    int status = status(answer);
    if (status < 200 || status > 299) {
      int end = answer.indexOf('\r');
      String line = end < 0 ? answer : answer.substring(0, end);
      throw new ProxyException(
          status,
          "the proxy "
              + proxy
              + (status == 0
                  ? " gave no answer of HTTP"
                  : " answers CONNECT with " + printable(line.substring("HTTP/1.1 ".length()))));
    }
    socket.setSoTimeout(timeout);
  }

  private byte[] request(String address) {
    StringBuilder request = new StringBuilder(256);
    request.append("CONNECT ").append(address).append(" HTTP/1.1\r\nHost: ").append(address);
    String secret = credentials.get();
    if (!secret.isEmpty()) {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      request
          .append("\r\nProxy-Authorization: Basic ")
          .append(Base64.getEncoder().encodeToString(bytes));
    }
    return request.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Byte by byte: what follows belongs to the collector. */
  private String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(256);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next;
      try {
        next = in.read();
      } catch (SocketTimeoutException e) {
        throw new ProxyException(0, "the proxy " + proxy + " gives no answer in time");
      }
      if (next < 0) {
        throw new ProxyException(0, "the proxy " + proxy + " closes the connection");
      }
      head.append((char) next);
      if (head.length() > MAX_HEAD_BYTES || System.nanoTime() - end > 0) {
        throw new ProxyException(
            0, "the proxy " + proxy + " does not come to the end of its answer");
      }
    }
    return head.toString();
  }

  /** 0 if it is no answer of HTTP/1. */
  private static int status(String head) {
    if (!head.startsWith("HTTP/1.") || head.length() < 12 || head.charAt(8) != ' ') {
      return 0;
    }
    int status = 0;
    for (int i = 9; i < 12; i++) {
      int digit = head.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      status = status * 10 + digit;
    }
    return status;
  }

  private static String printable(String line) {
    StringBuilder text = new StringBuilder(line.length());
    for (int i = 0; i < line.length() && i < 100; i++) {
      char c = line.charAt(i);
      text.append(c < ' ' || c > '~' ? '?' : c);
    }
    return text.toString();
  }
}
