package io.otlpagent.smoke.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Single requests over plain sockets to servers of this machine. */
public final class Http {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final String HEADERS_END = "\r\n\r\n";
  private static final int LOWEST_PORT = 10_000;
  private static final int PORTS = firstOfClients() - LOWEST_PORT;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private Http() {}

  /**
   * A port that was free a moment ago and is not given out again. It is below those that the system
   * gives to clients: an agent that tries again and again to reach a collector which is not there
   * would some time be given the collector's own port, and be connected to itself.
   */
  public static int freePort() throws IOException {
    IOException last = new IOException("no port");
    for (int i = 0; i < PORTS; i++) {
      int port = LOWEST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Taken.
        last = e;
      }
    }
    throw last;
  }

  /** The first port that the system gives to clients; the usual one if that leaves too few. */
  private static int firstOfClients() {
    int usual = 32_000;
    try {
      String range = Files.readString(Path.of("/proc/sys/net/ipv4/ip_local_port_range"));
      int first = Integer.parseInt(range.trim().split("\\s+", -1)[0]);
      return first < LOWEST_PORT + 4_000 ? usual : Math.min(first, usual);
    } catch (IOException | NumberFormatException e) {
      // Not Linux.
      return usual;
    }
  }

  /** The status code; 0 while nobody listens on the port. */
  public static int status(int port, String path) throws IOException {
    try {
      String answer = exchange(port, path);
      return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    } catch (ConnectException e) {
      // Not there yet: what the caller asks about.
      return 0;
    }
  }

  /** The body of an answer that is not chunked. */
  public static String body(int port, String path) throws IOException {
    String answer = exchange(port, path);
    int end = answer.indexOf(HEADERS_END);
    if (end < 0) {
      throw new IOException("not an HTTP answer: " + answer);
    }
    return answer.substring(end + HEADERS_END.length());
  }

  /** Asks until the answer has this status. */
  public static void awaitStatus(int port, String path, int status, JavaProcess process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (status(port, path) != status) {
      if (process.ends(0)) {
        throw new IOException("ended before it answered: " + process.process().exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("no " + status + " from port " + port + path);
      }
      Thread.sleep(2);
    }
  }

  private static String exchange(int port, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
