package io.otlpagent.agent.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Connects straight to the collector, not through a proxy that the application has configured for
 * itself, and gives up in time when nothing answers.
 */
final class DirectSocketFactory extends SocketFactory {

  private final int connectTimeoutMillis;
  private final boolean gathering;

  /**
   * @param gathering whether sockets may wait with writing until they are flushed; TLS does not
   *     flush
   */
  DirectSocketFactory(int connectTimeoutMillis, boolean gathering) {
    this.connectTimeoutMillis = connectTimeoutMillis;
    this.gathering = gathering;
  }

  @Override
  public Socket createSocket() {
    return gathering ? new GatheringSocket() : new Socket(Proxy.NO_PROXY);
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
      socket.connect(address, connectTimeoutMillis);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }
}
