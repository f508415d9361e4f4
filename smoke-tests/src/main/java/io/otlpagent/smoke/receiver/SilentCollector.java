package io.otlpagent.smoke.receiver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A collector that hangs: it accepts connections, reads nothing and answers nothing. */
public final class SilentCollector implements AutoCloseable {

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  // Kept open; of the accepting thread.
  private final List<Socket> connections = new ArrayList<>();

  public SilentCollector() throws IOException {
    Thread thread = new Thread(this::accept, "silent-collector");
    thread.setDaemon(true);
    thread.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        connections.add(server.accept());
      }
    } catch (IOException e) {
      // Closed: the connections go with it.
      for (Socket connection : connections) {
        closeQuietly(connection);
      }
    }
  }

  private static void closeQuietly(Socket connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // The agent at the other end has gone already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
