package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server for GET and HEAD. One thread accepts and watches the clock, {@code
 * workers} threads serve; all are daemons. Whatever clients do, it neither throws nor keeps more
 * than a few connections.
 */
final class EndpointServer {

  /** Clients that may wait for a worker; what comes on top is closed at once. */
  static final int MAX_WAITING = 16;

  private static final int WATCH_MILLIS = 100;

  private final AllowedHosts hosts;
  private final Map<String, Route> routes;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Connection> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ServerSocket listener;
  private volatile boolean stopped;

  private EndpointServer(ServerSocket listener, AllowedHosts hosts, Map<String, Route> routes) {
    this.listener = listener;
    this.hosts = hosts;
    this.routes = Collections.unmodifiableMap(new HashMap<>(routes));
  }

  /**
   * Binds and starts serving.
   *
   * @param name of the threads, such as {@code otlp-agent-endpoint}
   * @throws IOException in the operator's words if the address cannot be had
   */
  static EndpointServer start(
      String name,
      InetSocketAddress address,
      int workers,
      AllowedHosts hosts,
      Map<String, Route> routes)
      throws IOException {
    EndpointServer server = new EndpointServer(bind(address), hosts, routes);
    try {
      for (int i = 1; i <= workers; i++) {
        server.thread(name + "-" + i, server::work);
      }
      server.thread(name, server::accept);
      return server;
    } catch (RuntimeException | Error e) {
      server.stop();
      throw e;
    }
  }

  private static ServerSocket bind(InetSocketAddress address) throws IOException {
    String where = address.getHostString() + ":" + address.getPort();
    if (address.isUnresolved()) {
      throw new IOException(where + " is no address of this machine; set server.host");
    }
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, MAX_WAITING);
      return listener;
    } catch (BindException e) {
      listener.close();
      throw new IOException(
          where + " cannot be bound (" + e.getMessage() + "); set server.host and server.port", e);
    } catch (IOException | RuntimeException e) {
      listener.close();
      throw e;
    }
  }

  final void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    // Else it would keep the application's class loader alive.
    thread.setContextClassLoader(EndpointServer.class.getClassLoader());
    threads.add(thread);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Names a thread that has died, which must not happen; null if none has. */
  @Nullable String failure() {
    for (Thread thread : threads) {
      if (!thread.isAlive() && !stopped) {
        return "the thread " + thread.getName() + " has died";
      }
    }
    return null;
  }

  void stop() {
    stopped = true;
    try {
      listener.close();
    } catch (IOException e) {
      AgentLog.debug("endpoint: closing failed", e);
    }
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  private void accept() {
    List<Connection> open = new ArrayList<>();
    while (!stopped) {
      try {
        // Without clients there is nothing to watch and no reason to wake up.
        listener.setSoTimeout(open.isEmpty() ? 0 : WATCH_MILLIS);
        Connection connection = new Connection(listener.accept());
        open.add(connection);
        if (!waiting.offer(connection)) {
          connection.close();
        }
      } catch (SocketTimeoutException e) {
        // Time to look after the open ones.
      } catch (IOException e) {
        if (!stopped) {
          AgentLog.warn("endpoint: accepting failed: " + e.getMessage());
          pause();
        }
      } catch (OutOfMemoryError e) {
        pause();
      }
      sweep(open);
    }
    for (Connection connection : open) {
      connection.close();
    }
  }

  private void sweep(List<Connection> open) {
    boolean crowded = !waiting.isEmpty();
    for (int i = open.size() - 1; i >= 0; i--) {
      Connection connection = open.get(i);
      if (connection.overdue(crowded)) {
        connection.close();
      }
      if (connection.done()) {
        open.remove(i);
      }
    }
  }

  /** Keeps a lack of file descriptors from becoming a busy loop. */
  private static void pause() {
    try {
      Thread.sleep(WATCH_MILLIS);
    } catch (InterruptedException e) {
      // stop() does that; the loop looks at its flag next.
    }
  }

  private void work() {
    while (!stopped) {
      try {
        Connection connection = waiting.take();
        if (!connection.done()) {
          connection.serve(this);
        }
      } catch (InterruptedException e) {
        // stop() does that; the loop looks at its flag next.
      } catch (Throwable e) {
        // The border of the request: nothing that one client causes may end the worker.
        failed(e);
      }
    }
  }

  HttpResponse respond(HttpRequest request) throws HttpException {
    String authority = request.authority();
    if (authority != null && !hosts.allows(authority)) {
      throw new HttpException(
          421, "this Host is not allowed here; the setting server.allowed_hosts can allow it");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw new HttpException(405, "only GET and HEAD are allowed here");
    }
    Route route = routes.get(request.path());
    if (route == null) {
      throw new HttpException(404, "not found");
    }
    try {
      return route.respond(request);
    } catch (Throwable e) {
      // The border of the request, see above; the client gets an answer.
      failed(e);
      throw new HttpException(500, "the agent failed to answer; its log says why");
    }
  }

  private static void failed(Throwable thrown) {
    try {
      AgentLog.error("endpoint: a request failed", thrown);
    } catch (Throwable e) {
      // Then not: want of memory, or one that cannot even be said. The thread is to live.
    }
  }
}
