package io.otlpagent.agent.export.grpc;

import io.otlpagent.agent.export.transport.ProxyTunnel;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import javax.net.SocketFactory;

/**
 * Connects straight to the collector or through the agent's own proxy, not through one that the
 * application has configured for itself, and gives up in time when nothing answers. It can close
 * what it has made: neither a connection that is being made nor a handshake can be ended in another
 * way.
 */
final class DirectSocketFactory extends SocketFactory {

  private final IntSupplier connectTimeoutMillis;
  private final SenderSettings settings;

  // Of the connections that are being made or in use; there is one, or a few that hang.
  private final Set<Socket> open = new HashSet<>();

  /**
   * @param connectTimeoutMillis of the address that is connected to next
   */
  DirectSocketFactory(SenderSettings settings, IntSupplier connectTimeoutMillis) {
    this.settings = settings;
    this.connectTimeoutMillis = connectTimeoutMillis;
  }

  @Override
  public Socket createSocket() {
    // It waits with writing until it is flushed; TLS does not flush.
    Socket socket = settings.tls() == null ? new GatheringSocket() : new Socket(Proxy.NO_PROXY);
    synchronized (open) {
      open.removeIf(Socket::isClosed);
      open.add(socket);
    }
    return socket;
  }

  /** Closes all connections, and ends the attempts to make one. May be called by any thread. */
  void closeAll() {
    List<Socket> closing;
    synchronized (open) {
      closing = new ArrayList<>(open);
      open.clear();
    }
    for (Socket socket : closing) {
      try {
        socket.close();
      } catch (IOException e) {
        // It was to go away, and has.
      }
    }
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connect(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connect(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw new IOException("binding to a local address is not supported");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    throw new IOException("binding to a local address is not supported");
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    try {
      socket.connect(address, connectTimeoutMillis.getAsInt());
      ProxyTunnel tunnel = settings.tunnel();
      if (tunnel != null) {
        tunnel.open(socket, settings.endpoint(), settings.endpoint().port());
      }
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }
}
