package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ProxyException;
import io.otlpagent.agent.export.transport.ProxyTunnel;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a port speaks from the first bytes that it answers, without sending it anything of
 * the application's or any header. Each question is a connection of its own.
 */
final class WireProbe {

  private static final byte[] HTTP_2_PREFACE =
      // With an empty SETTINGS frame.
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

  private static final int TLS_ALERT = 21;
  private static final int TLS_HANDSHAKE = 22;
  private static final int SETTINGS_FRAME = 4;

  private final SenderSettings settings;
  private final CollectorEndpoint endpoint;
  private final long endNanoTime;

  WireProbe(SenderSettings settings, long timeoutNanos) {
    this.settings = settings;
    this.endpoint = settings.endpoint();
    this.endNanoTime = System.nanoTime() + timeoutNanos;
  }

  /** Whether something accepts connections at that port of the collector's host. */
  boolean accepts(int port) {
    try (Socket socket = connect(port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Why the proxy does not lead to the collector; null if it does, or there is none. */
  @Nullable String proxyFailure() {
    CollectorEndpoint proxy = settings.nextHop();
    if (settings.tunnel() == null) {
      return null;
    }
    try (Socket socket = connect(endpoint.port())) {
      return socket.isConnected() ? null : "no connection";
    } catch (ProxyException e) {
      return e.hint(endpoint);
    } catch (UnknownHostException e) {
      return "the name of the proxy " + proxy.host() + " cannot be resolved: check otlp.proxy.url";
    } catch (IOException e) {
      return "nothing accepts connections at the proxy "
          + proxy
          + ": is it running, and is otlp.proxy.url right? Add "
          + endpoint.host()
          + " to otlp.proxy.no_proxy if the collector is reached without it";
    }
  }

  /** What is spoken where plain text is expected. */
  SpokenProtocol plain() {
    SpokenProtocol spoken = ask(HTTP_2_PREFACE);
    if (spoken == SpokenProtocol.UNKNOWN) {
      spoken = ask(get());
    }
    if (spoken == SpokenProtocol.HTTP_2 || !certificate().seen()) {
      return spoken;
    }
    // Servers of HTTPS tell whoever speaks plain text so in plain text.
    return SpokenProtocol.TLS;
  }

  /** What is spoken inside TLS, to which all certificates are good enough. */
  SpokenProtocol secured() {
    try (Socket plain = connect(endpoint.port());
        SSLSocket secured = PresentedCertificate.handshake(plain, endpoint, "h2", "http/1.1")) {
      SpokenProtocol spoken = exchange(secured, HTTP_2_PREFACE);
      return spoken == SpokenProtocol.TLS ? SpokenProtocol.UNKNOWN : spoken;
    } catch (IOException e) {
      return SpokenProtocol.UNKNOWN;
    }
  }

  /** The certificate of the server, if it is one that speaks TLS. */
  PresentedCertificate certificate() {
    try (Socket plain = connect(endpoint.port())) {
      return PresentedCertificate.of(plain, endpoint);
    } catch (IOException e) {
      return PresentedCertificate.NONE;
    }
  }

  private byte[] get() {
    String request =
        "GET / HTTP/1.1\r\nHost: " + endpoint.authority() + "\r\nConnection: close\r\n\r\n";
    return request.getBytes(StandardCharsets.US_ASCII);
  }

  private SpokenProtocol ask(byte[] question) {
    try (Socket socket = connect(endpoint.port())) {
      return exchange(socket, question);
    } catch (IOException e) {
      return SpokenProtocol.UNKNOWN;
    }
  }

  private static SpokenProtocol exchange(Socket socket, byte[] question) throws IOException {
    socket.getOutputStream().write(question);
    socket.getOutputStream().flush();
    byte[] start = new byte[5];
    int length = 0;
    InputStream in = socket.getInputStream();
    while (length < start.length) {
      int count = in.read(start, length, start.length - length);
      if (count < 0) {
        return SpokenProtocol.UNKNOWN;
      }
      length += count;
    }
    if (new String(start, StandardCharsets.US_ASCII).equals("HTTP/")) {
      return SpokenProtocol.HTTP_1;
    }
    if ((start[0] == TLS_ALERT || start[0] == TLS_HANDSHAKE) && start[1] == 3) {
      return SpokenProtocol.TLS;
    }
    boolean settings = start[0] == 0 && start[3] == SETTINGS_FRAME;
    return settings ? SpokenProtocol.HTTP_2 : SpokenProtocol.UNKNOWN;
  }

  private Socket connect(int port) throws IOException {
    int millis = remainingMillis();
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      CollectorEndpoint hop = settings.nextHop();
      ProxyTunnel tunnel = settings.tunnel();
      int hopPort = tunnel == null ? port : hop.port();
      socket.connect(new InetSocketAddress(hop.nameForTls(), hopPort), millis);
      socket.setSoTimeout(millis);
      if (tunnel != null) {
        tunnel.open(socket, endpoint, port);
      }
      return socket;
    } catch (IOException e) {
      closeQuietly(socket);
      throw e;
    }
  }

  /** A third of what is left, so that a silent port leaves time for the next question. */
  private int remainingMillis() throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(endNanoTime - System.nanoTime());
    if (left <= 0) {
      throw new IOException("the time of the probe is up");
    }
    return (int) Math.max(1, Math.min(left / 3, 2000));
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not used again either way.
    }
  }
}
