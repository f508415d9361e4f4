package io.otlpagent.agent.export;

import io.otlpagent.agent.export.transport.CollectorEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy on loopback that knows {@code CONNECT}; every name leads to one port. */
final class LoopbackProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> connects = new CopyOnWriteArrayList<>();
  private volatile String credentials = "";
  private volatile @Nullable String answer;

  /**
   * @param target the port on loopback that all connections are led to
   */
  LoopbackProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  /** Wants {@code user:password} from now on. */
  LoopbackProxy wants(String userAndPassword) {
    credentials = userAndPassword;
    return this;
  }

  /** Answers everything that way. */
  LoopbackProxy answers(String bytes) {
    answer = bytes;
    return this;
  }

  CollectorEndpoint endpoint() {
    return CollectorEndpoint.of("http://127.0.0.1:" + listener.getLocalPort(), true);
  }

  /** The addresses that were asked for. */
  List<String> connects() {
    return connects;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        daemon(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      connects.add(head.substring(0, head.indexOf('\r')));
      String wanted =
          "Proxy-Authorization: Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      String fixed = answer;
      if (fixed != null) {
        write(client, fixed);
      } else if (!credentials.isEmpty() && !head.contains(wanted + "\r\n")) {
        write(
            client,
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");
      } else {
        lead(client);
      }
    } catch (IOException e) {
      // The client went away, or the test is over.
    }
  }

  private void lead(Socket client) throws IOException {
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), target);
    } catch (IOException e) {
      write(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    open.add(server);
    // The first bytes of the tunnel may come in one piece with the answer.
    write(client, "HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
    daemon(() -> copy(server, client));
    copy(client, server);
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One of the two is gone.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void write(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "test-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
