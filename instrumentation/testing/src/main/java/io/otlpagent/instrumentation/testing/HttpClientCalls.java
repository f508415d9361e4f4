package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a contract has a client send its requests, and what is particular to that client. */
public abstract class HttpClientCalls {

  @RegisterExtension protected final SpanRecorder spans = new SpanRecorder();

  protected LoopbackServer server;

  /** A request to be sent; without a body it is null. */
  public record Request(String method, String url, Map<String, List<String>> headers, String body) {

    public static Request get(String url) {
      return new Request("GET", url, Map.of(), null);
    }

    public static Request post(String url, String body) {
      return new Request("POST", url, Map.of(), body);
    }
  }

  /** What came back. */
  public record Response(int status, String body) {}

  /** Sends a request, follows redirects, reads all of the response. */
  protected abstract Response send(Request request) throws Exception;

  /** Sends a request and does not wait long for the response. */
  protected abstract void sendImpatiently(Request request) throws Exception;

  /** The {@code error.type} of {@link #sendImpatiently}. */
  protected abstract String timeoutType();

  /** The exception for a port where nobody listens. */
  protected String refusedType() {
    return "java.net.ConnectException";
  }

  /** The exception for a name that does not resolve. */
  protected abstract String unknownHostType();

  /** Sends a request, with a proxy at that port of 127.0.0.1, and returns the status. */
  protected abstract int sendThroughProxy(Request request, int proxyPort) throws Exception;

  /** Sends a request and returns the headers that the application's own request has afterwards. */
  protected abstract Map<String, List<String>> sendAndReadHeaders(Request request) throws Exception;

  /** Begins to send a request, and returns how the application gives it up. */
  protected abstract Runnable sendToCancel(Request request) throws Exception;

  /** The {@code error.type} of a request that was given up; null if that is no error. */
  protected @Nullable String cancelledType() {
    return null;
  }

  /**
   * The {@code error.type} of an attempt on a connection that the server has closed, when the
   * client sends again by itself.
   */
  protected abstract String lostConnectionType();

  /** The {@code error.type} when a proxy answers {@code CONNECT} with status 502. */
  protected abstract String refusedTunnelType();

  /** Whether the client accepts a URL with a user and a password. */
  protected boolean acceptsUserInfo() {
    return true;
  }

  /** What {@code url.full} has of a user and a password. */
  protected String shownUserInfo() {
    return "REDACTED:REDACTED@";
  }

  /** The short name of the instrumentation. */
  protected abstract String scope();

  /** The {@code network.protocol.version} that the client and the server agree on. */
  protected String protocolVersion() {
    return "1.1";
  }

  protected LoopbackServer startServer() {
    return LoopbackServer.http();
  }

  /** How often the client tries to connect to a port where nobody listens. */
  protected int connectAttempts() {
    return 1;
  }

  /** What the agent can tell of a body of that size. */
  protected @Nullable Long sizeOfSentBody(Long size) {
    return size;
  }

  @BeforeEach
  void start() {
    server = startServer();
  }

  @AfterEach
  void stop() {
    server.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  protected final Response sendUnchecked(Request request) {
    try {
      return send(request);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header that carries the ids of a span. */
  protected static String traceparent(RecordedSpan span) {
    return String.format("00-%s-%016x-%02x", span.traceId(), span.spanId(), span.span().flags());
  }

  static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
