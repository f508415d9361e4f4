package io.otlpagent.agent.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * Asks something beside the agent whether it is there: {@code tcp://host:port} connects, {@code
 * redis://host:6379} sends PING, {@code http://host/path} wants a status of 2xx. Runs on a probe
 * thread, for at most a second and the time of a DNS look-up.
 */
final class Probe {

  static final int LIMIT_MILLIS = 1000;
  private static final int HTTP_PORT = 80;
  private static final int MAX_REPLY_BYTES = 512;

  private final String scheme;
  private final String host;
  private final int port;
  private final String path;
  private final String credentials;

  private Probe(String scheme, String host, int port, String path, String credentials) {
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
    this.credentials = credentials;
  }

  static Probe tcp(String host, int port) {
    return new Probe("tcp", host, port, "", "");
  }

  /**
   * @throws IllegalArgumentException with a message that says what to write instead
   */
  static Probe parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not a URL", e);
    }
    String scheme = String.valueOf(uri.getScheme());
    int defaultPort = scheme.equals("redis") ? 6379 : scheme.equals("http") ? HTTP_PORT : 0;
    if (defaultPort == 0 && !scheme.equals("tcp")) {
      throw new IllegalArgumentException("it must begin with redis://, tcp:// or http://");
    }
    int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
    String host = uri.getHost();
    if (host == null || port <= 0 || port > 65535) {
      throw new IllegalArgumentException("it must have a host and a port");
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String credentials = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    return new Probe(scheme, bare, port, path + query, credentials);
  }

  /** Whether it is there. */
  boolean ask() {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      switch (scheme) {
        case "redis":
          return pings(socket);
        case "http":
          return answers(socket);
        default:
          return true;
      }
    } catch (IOException e) {
      // Not there; that is the answer, not a fault of ours.
      return false;
    }
  }

  private boolean pings(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    if (!credentials.isEmpty()) {
      int colon = credentials.indexOf(':');
      String password = credentials.substring(colon + 1);
      out.write(
          colon <= 0
              ? command("AUTH", password)
              : command("AUTH", credentials.substring(0, colon), password));
      if (!line(socket.getInputStream()).startsWith("+OK")) {
        return false;
      }
    }
    out.write(command("PING"));
    String reply = line(socket.getInputStream());
    // A server that wants a password first is there.
    return reply.startsWith("+PONG") || reply.startsWith("-NOAUTH");
  }

  /** In the form of the Redis protocol: an array of strings with their lengths. */
  private static byte[] command(String... words) {
    StringBuilder text = new StringBuilder().append('*').append(words.length).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
      text.append(word).append("\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private boolean answers(Socket socket) throws IOException {
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + literal
            + (port == HTTP_PORT ? "" : ":" + port)
            + "\r\nUser-Agent: otlp-agent\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    String status = line(socket.getInputStream());
    return status.startsWith("HTTP/1.") && status.regionMatches(8, " 2", 0, 2);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    long start = System.nanoTime();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
      if (line.length() > MAX_REPLY_BYTES
          || System.nanoTime() - start > LIMIT_MILLIS * 1_000_000L) {
        throw new IOException("no line");
      }
    }
    return line.toString();
  }
}
