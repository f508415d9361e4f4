package io.otlpagent.agent.export.tls;

import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Secures connections with what the PEM files say when the connection is made: certificates are
 * exchanged while the application runs. Used by threads of the sender.
 */
public final class TlsSocketFactory extends SSLSocketFactory {

  private final TlsFiles files;
  private @Nullable SSLSocketFactory current;
  private long currentStamp;

  public TlsSocketFactory(TlsFiles files) {
    this.files = files;
  }

  /**
   * Whether the files have changed since the last connection was secured, and can be used: then
   * that one should be replaced, however well it works.
   */
  public synchronized boolean renewed() {
    if (current == null || files.stamp() == currentStamp) {
      return false;
    }
    SSLSocketFactory before = current;
    try {
      return current() != before;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized SSLSocketFactory current() throws IOException {
    long stamp = files.stamp();
    SSLSocketFactory known = current;
    if (known != null && stamp == currentStamp) {
      return known;
    }
    try {
      SSLSocketFactory made = files.context().getSocketFactory();
      current = made;
      currentStamp = stamp;
      return made;
    } catch (IOException e) {
      if (known == null) {
        throw e;
      }
      // Somebody is just writing them, a certificate and then its key: the next look will tell.
      AgentLog.warn("changed TLS files cannot be used yet, the previous ones stay in use: " + e);
      return known;
    }
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return current().createSocket(socket, host, port, autoClose);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return current().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return current().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return current().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return current().createSocket(host, port, localHost, localPort);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    try {
      return current().getDefaultCipherSuites();
    } catch (IOException e) {
      return new String[0];
    }
  }

  @Override
  public String[] getSupportedCipherSuites() {
    try {
      return current().getSupportedCipherSuites();
    } catch (IOException e) {
      return new String[0];
    }
  }
}
