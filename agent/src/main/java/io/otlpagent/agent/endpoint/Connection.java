package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client: one request, one response, closed. A worker serves it; the accepting thread watches
 * the clock and closes what is overdue, because writing to a socket has no time limit of its own.
 */
final class Connection {

  static final int MAX_HEAD_BYTES = 8 * 1024;
  static final long LIMIT_NANOS = 5_000_000_000L;

  /** How long a client may take to send its request while others wait for its worker. */
  static final long CROWDED_LIMIT_NANOS = 250_000_000L;

  private static final long WAITING_LIMIT_NANOS = 2 * LIMIT_NANOS;

  private static final int MAX_DRAINED_BYTES = 64 * 1024;
  private static final int DRAIN_MILLIS = 250;

  private final Socket socket;
  private final long acceptedNanos = System.nanoTime();

  // Written by the worker, read by the accepting thread.
  private volatile long servedNanos;
  private volatile boolean served;
  private volatile boolean requestRead;
  private volatile boolean done;

  Connection(Socket socket) {
    this.socket = socket;
  }

  /** Called by a worker. Never throws. */
  void serve(EndpointServer server) {
    servedNanos = System.nanoTime();
    served = true;
    try {
      serveOrFail(server);
    } catch (IOException e) {
      if (AgentLog.debugEnabled()) {
        AgentLog.debug("endpoint: connection lost: " + e);
      }
    } finally {
      close();
    }
  }

  private void serveOrFail(EndpointServer server) throws IOException {
    HttpResponse response;
    boolean head = false;
    boolean unread = true;
    try {
      String text = readHead();
      if (text == null) {
        return;
      }
      requestRead = true;
      HttpRequest request = HttpRequest.parse(text);
      head = request.method().equals("HEAD");
      response = server.respond(request);
      unread = socket.getInputStream().available() > 0;
    } catch (HttpException e) {
      requestRead = true;
      response = e.response();
    } catch (SocketTimeoutException e) {
      requestRead = true;
      response = HttpResponse.text(408, "the request took more than 5 seconds\n");
    }
    OutputStream out = socket.getOutputStream();
    response.writeTo(out, !head);
    out.flush();
    if (unread) {
      drain();
    }
  }

  /** The head without its empty line; null if the client went away without a word. */
  private @Nullable String readHead() throws IOException, HttpException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[MAX_HEAD_BYTES];
    int length = 0;
    while (length < bytes.length) {
      long leftNanos = LIMIT_NANOS - (System.nanoTime() - servedNanos);
      socket.setSoTimeout((int) Math.max(1, leftNanos / 1_000_000));
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        if (length == 0) {
          return null;
        }
        throw new HttpException(400, "the request ends too early");
      }
      int start = firstLine(bytes, length + read);
      int end = headEnd(bytes, Math.max(start, length - 3), length + read);
      if (end >= 0) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      }
      length += read;
    }
    throw new HttpException(431, "the request has more than " + MAX_HEAD_BYTES + " bytes");
  }

  /** Skips empty lines in front of the request, as RFC 9112 asks. */
  private static int firstLine(byte[] bytes, int length) {
    int start = 0;
    while (start < length && (bytes[start] == '\r' || bytes[start] == '\n')) {
      start++;
    }
    return start;
  }

  /** Where the last header ends; -1 if the empty line has not come yet. */
  private static int headEnd(byte[] bytes, int from, int length) {
    for (int i = from; i + 1 < length; i++) {
      if (bytes[i] == '\n') {
        boolean carriageReturn = bytes[i + 1] == '\r';
        int next = carriageReturn ? i + 2 : i + 1;
        if (next < length && bytes[next] == '\n') {
          return i > 0 && bytes[i - 1] == '\r' ? i - 1 : i;
        }
      }
    }
    return -1;
  }

  /** Closing with unread bytes would reset the connection and destroy our response. */
  private void drain() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(DRAIN_MILLIS);
    byte[] bytes = new byte[4096];
    int drained = 0;
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(bytes);
          read >= 0 && drained < MAX_DRAINED_BYTES;
          read = in.read(bytes)) {
        drained += read;
      }
    } catch (SocketTimeoutException e) {
      // It had its chance.
    }
  }

  /** Called by the accepting thread. */
  boolean overdue(boolean crowded) {
    long now = System.nanoTime();
    if (!served) {
      return now - acceptedNanos > WAITING_LIMIT_NANOS;
    }
    long age = now - servedNanos;
    // A bit later than the worker, which can still say why.
    return age > LIMIT_NANOS + LIMIT_NANOS / 10
        || (crowded && !requestRead && age > CROWDED_LIMIT_NANOS);
  }

  boolean done() {
    return done;
  }

  void close() {
    done = true;
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is closed.
    }
  }
}
