package io.otlpagent.agent.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that speaks HTTP/1.1 or HTTP/2 byte by byte, so that it can misbehave in
 * every way that a test thinks of. Requests are counted when they have been read to their end.
 */
public final class ScriptedServer implements AutoCloseable {

  /** What to do with one complete request. */
  public interface Reply {
    void to(Request request) throws IOException;
  }

  /** What to do with one connection before it is read. */
  interface Greeting {
    boolean to(Socket socket) throws IOException;
  }

  /**
   * @param stream of HTTP/2; 0 over HTTP/1.1
   */
  record Request(Socket socket, OutputStream out, int stream) {}

  private final ServerSocket listener;
  private final boolean http2;
  private final List<Reply> replies = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();
  private volatile Greeting greeting = socket -> true;
  private volatile Greeting beforeHandshake = socket -> true;
  private volatile @Nullable SSLContext tls;
  private volatile boolean clientCertificate;

  public ScriptedServer(boolean http2, Reply... script) throws IOException {
    this.http2 = http2;
    replies.addAll(List.of(script));
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** For the connections from now on. */
  public ScriptedServer secure(SSLContext context, boolean demandClientCertificate) {
    tls = context;
    clientCertificate = demandClientCertificate;
    return this;
  }

  ScriptedServer greet(Greeting first) {
    greeting = first;
    return this;
  }

  /** Has that done with connections before TLS begins. */
  ScriptedServer beforeHandshake(Greeting first) {
    beforeHandshake = first;
    return this;
  }

  public int port() {
    return listener.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  /** The subjects of the certificates that clients showed, one for each connection. */
  List<String> clients() {
    return clients;
  }

  /** What stood before the body of each request over HTTP/1.1. */
  List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    hangUp();
  }

  /** Closes all connections. */
  void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket plain) {
    try {
      if (!beforeHandshake.to(plain)) {
        plain.close();
        return;
      }
      serveSecured(plain);
    } catch (IOException e) {
      // The client sees it, too.
    } finally {
      open.remove(plain);
    }
  }

  private void serveSecured(Socket plain) throws IOException {
    try (Socket socket = secured(plain)) {
      if (!greeting.to(socket)) {
        return;
      }
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      if (http2) {
        new Http2Wire(in, socket.getOutputStream()).serve(stream -> reply(socket, stream));
      } else {
        while (readHttp1(in, socket.getOutputStream())) {
          reply(socket, 0);
        }
      }
    }
  }

  private Socket secured(Socket plain) throws IOException {
    SSLContext context = tls;
    if (context == null) {
      connections.incrementAndGet();
      return plain;
    }
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    socket.setUseClientMode(false);
    SSLParameters parameters = socket.getSSLParameters();
    if (http2) {
      parameters.setApplicationProtocols(new String[] {"h2"});
    }
    parameters.setNeedClientAuth(clientCertificate);
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      plain.close();
      throw e;
    }
    connections.incrementAndGet();
    if (clientCertificate) {
      Principal subject = socket.getSession().getPeerPrincipal();
      clients.add(subject.getName());
    }
    return socket;
  }

  private void reply(Socket socket, int stream) throws IOException {
    int number = requests.getAndIncrement();
    Reply reply = replies.get(Math.min(number, replies.size() - 1));
    reply.to(new Request(socket, socket.getOutputStream(), stream));
  }

  /** False if there is no further request, or something that is none. */
  private boolean readHttp1(DataInputStream in, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return false;
      }
      head.append((char) b);
      if (head.charAt(0) < ' ') {
        break;
      }
    }
    if (!head.toString().startsWith("POST ")) {
      out.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      out.flush();
      return false;
    }
    heads.add(head.toString());
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.startsWith("Content-Length:")) {
        in.readNBytes(Integer.parseInt(line.substring(15).trim()));
      }
    }
    return true;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }
}
