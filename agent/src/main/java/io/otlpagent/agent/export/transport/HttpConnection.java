package io.otlpagent.agent.export.transport;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the collector, kept alive between requests. It owes nothing to {@code
 * HttpURLConnection}, whose cookies, caches, proxies and trust are the application's to configure.
 * Used by the exporter thread; another one may {@link #close} it, which ends whatever it waits for.
 */
final class HttpConnection implements Closeable {

  /** Of one address: the name may have others, and the attempt must have time for them. */
  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(3);

  // Volatile because of close.
  private volatile @Nullable Socket socket;
  private volatile boolean closed;
  private @Nullable OutputStream out;
  private @Nullable HttpResponseReader reader;

  boolean connected() {
    return reader != null && !closed;
  }

  /** Whether any byte of the last response has come. */
  boolean answering() {
    HttpResponseReader source = reader;
    return source != null && source.begun();
  }

  /** Whether requests could be sent, however that ended. */
  boolean established() {
    return reader != null;
  }

  void connect(SenderSettings settings, HostLookup lookup, AttemptDeadline deadline)
      throws IOException {
    CollectorEndpoint hop = settings.nextHop();
    IOException failure = null;
    InetAddress[] addresses = lookup.addresses(hop.host(), deadline);
    for (int i = 0; i < addresses.length; i++) {
      try {
        long share = deadline.remainingNanos() / (addresses.length - i);
        Socket connected =
            connect(
                new InetSocketAddress(addresses[i], hop.port()), Math.min(CONNECT_NANOS, share));
        connected = prepare(connected, settings);
        out = connected.getOutputStream();
        reader = new HttpResponseReader(new BufferedInputStream(connected.getInputStream(), 1024));
        return;
      } catch (IOException e) {
        failure = e;
        closeSocket();
      }
      if (closed) {
        break;
      }
    }
    throw failure == null ? new IOException("no address") : failure;
  }

  private Socket connect(InetSocketAddress address, long nanos) throws IOException {
    Socket plain = new Socket(Proxy.NO_PROXY);
    socket = plain;
    if (closed) {
      plain.close();
    }
    try {
      plain.connect(address, (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
      plain.setTcpNoDelay(true);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
    return plain;
  }

  /** With what is between the next hop and the first request. */
  private static Socket prepare(Socket connected, SenderSettings settings) throws IOException {
    CollectorEndpoint endpoint = settings.endpoint();
    ProxyTunnel tunnel = settings.tunnel();
    if (tunnel != null) {
      tunnel.open(connected, endpoint, endpoint.port());
    }
    SSLSocketFactory tls = settings.tls();
    return tls == null ? connected : secure(connected, endpoint, tls);
  }

  private static Socket secure(Socket plain, CollectorEndpoint endpoint, SSLSocketFactory tls)
      throws IOException {
    SSLSocket secure =
        (SSLSocket) tls.createSocket(plain, endpoint.nameForTls(), endpoint.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  HttpResponse exchange(byte[] head, byte[] body, int length) throws IOException {
    OutputStream target = out;
    HttpResponseReader source = reader;
    if (target == null || source == null) {
      throw new IOException("not connected");
    }
    try {
      target.write(head);
      target.write(body, 0, length);
      target.flush();
    } catch (IOException e) {
      return answerToPart(source, e);
    }
    return source.read();
  }

  /** A server that refuses a request need not read it to its end. */
  private HttpResponse answerToPart(HttpResponseReader source, IOException failure)
      throws IOException {
    if (closed) {
      throw failure;
    }
    try {
      HttpResponse response = source.read();
      close();
      return response;
    } catch (SSLException e) {
      // The alert says more than that the connection is gone.
      throw e;
    } catch (IOException e) {
      throw failure;
    }
  }

  /** Closes the socket below TLS, which might wait for the other side to say good-bye. */
  @Override
  public void close() {
    closed = true;
    closeSocket();
  }

  private void closeSocket() {
    Socket current = socket;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        // It is not used again either way.
      }
    }
  }
}
