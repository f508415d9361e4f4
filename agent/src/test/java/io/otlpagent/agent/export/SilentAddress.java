package io.otlpagent.agent.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address of loopback that answers nobody: the backlog of its listener is full. */
public final class SilentAddress implements AutoCloseable {

  private static final int MOST = 64;
  private static final int FULL_MILLIS = 500;

  private final ServerSocket listener;
  private final List<Socket> waiting = new ArrayList<>();

  public SilentAddress(String address, int port) throws IOException {
    listener = new ServerSocket(port, 1, InetAddress.getByName(address));
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(new InetSocketAddress(listener.getInetAddress(), port), FULL_MILLIS);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
    throw new IOException("it takes any number of connections");
  }

  public InetAddress address() {
    return listener.getInetAddress();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listener.close();
  }
}
