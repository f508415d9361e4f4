package io.otlpagent.instrumentation.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends requests just as they are written, by no client that anybody instruments. */
public final class RawHttp {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final int status;
  private final String body;

  private RawHttp(int status, String body) {
    this.status = status;
    this.body = body;
  }

  /**
   * Sends one request and reads until the server closes the connection.
   *
   * @param request the request line and headers, one each
   */
  public static RawHttp send(int port, String... request) {
    StringBuilder text = new StringBuilder();
    boolean hasHost = false;
    for (String line : request) {
      text.append(line).append("\r\n");
      hasHost |= line.startsWith("Host:");
    }
    if (!hasHost) {
      text.append("Host: localhost\r\n");
    }
    text.append("Connection: close\r\n\r\n");
    return exchange(port, text.toString());
  }

  /** Posts a body and reads until the server closes the connection. */
  public static RawHttp post(int port, String path, String body) {
    return exchange(
        port,
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static RawHttp exchange(int port, String text) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return parse(readAll(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request and goes away as soon as the answer begins. */
  public static void sendAndLeave(int port, String requestLine) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      // Closes at once, with what was not read yet.
      socket.setSoLinger(true, 0);
      String text = requestLine + "\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
    }
    return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static RawHttp parse(String response) {
    int headEnd = response.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return new RawHttp(0, response);
    }
    int status = Integer.parseInt(response.substring(9, 12));
    return new RawHttp(status, response.substring(headEnd + 4));
  }

  /** 0 if the server closed the connection without an answer. */
  public int status() {
    return status;
  }

  /** As it was sent, with the marks of chunks. */
  public String body() {
    return body;
  }
}
