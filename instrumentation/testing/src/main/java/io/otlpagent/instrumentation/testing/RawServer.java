package io.otlpagent.instrumentation.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that is as rude as a test needs it: its behaviour is given the bare socket. */
public final class RawServer implements AutoCloseable {

  /** What to do with a connection, which is closed afterwards. */
  public interface Behaviour {

    /**
     * @param number of the connection, from 0
     */
    void serve(RawServer server, int number, Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public RawServer(Behaviour behaviour) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread acceptor = new Thread(() -> accept(behaviour), "raw-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Reads a request and resets the connection. */
  public static RawServer resetting() throws IOException {
    return new RawServer(
        (server, number, socket) -> {
          server.readHeaders(socket);
          socket.setSoLinger(true, 0);
        });
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** How many connections were made. */
  public int connections() {
    return connections.get();
  }

  /** The headers of all requests so far, each in one string. */
  public List<String> requests() {
    return requests;
  }

  /** Reads to the end of the headers and remembers them. */
  public String readHeaders(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder headers = new StringBuilder();
    while (headers.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return headers.toString();
      }
      headers.append((char) next);
    }
    requests.add(headers.toString());
    return headers.toString();
  }

  /** Writes lines, with the line ends of HTTP and an empty line at the end. */
  public void write(Socket socket, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private void accept(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        int number = connections.getAndIncrement();
        Thread thread = new Thread(() -> serve(behaviour, number, socket), "raw-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Behaviour behaviour, int number, Socket socket) {
    try (socket) {
      behaviour.serve(this, number, socket);
    } catch (IOException e) {
      // The client has gone, which some tests want.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
