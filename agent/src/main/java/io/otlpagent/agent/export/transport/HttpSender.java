package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.otlp.JsonBuffer;
import io.otlpagent.agent.export.otlp.JsonRequest;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.tls.TlsSocketFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends {@code http/protobuf} or {@code http/json} over one HTTP/1.1 connection, kept alive. Used
 * by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
public final class HttpSender implements OtlpSender {

  /** How soon an exceeded deadline is noticed. */
  private static final long WATCH_MILLIS = 100;

  private static final long IDLE_THREAD_SECONDS = 30;

  private final SenderSettings settings;
  private final Function<OtlpSignal, String> paths;

  private final HostLookup lookup = new HostLookup();

  // Closes the connection at the deadline: a socket has no other timeout for writing.
  private final ScheduledThreadPoolExecutor watch;

  // Written by the exporter thread; the endpoint asks for its state.
  private volatile @Nullable HttpConnection connection;

  /**
   * @param paths with the query, where requests of a signal go: {@code /v1/traces}
   */
  public HttpSender(SenderSettings settings, Function<OtlpSignal, String> paths) {
    this.settings = settings;
    this.paths = paths;
    this.watch = new ScheduledThreadPoolExecutor(1, new AgentThreads("http-timer"));
    watch.setRemoveOnCancelPolicy(true);
    watch.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
  }

  @Override
  public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
    String target = paths.apply(request.signal());
    if (!settings.json()) {
      return send(target, request.array(), request.length(), deadline);
    }
    JsonBuffer json;
    try {
      json = JsonRequest.of(request.signal().request(), request.array(), request.length());
    } catch (IllegalArgumentException e) {
      return ExportResult.permanent("internal_error", "not to be written as JSON: " + e);
    }
    return send(target, json.array(), json.size(), deadline);
  }

  private ExportResult send(String target, byte[] request, int length, AttemptDeadline deadline) {
    try {
      if (!settings.gzip()) {
        return send(head(target, length), request, length, deadline);
      }
      byte[] compressed = compress(request, length);
      return send(head(target, compressed.length), compressed, compressed.length, deadline);
    } catch (IOException e) {
      HttpConnection failed = connection;
      if (failed != null) {
        failed.close();
      }
      boolean sent =
          failed != null && failed.established() && !(e instanceof SSLHandshakeException);
      return HttpOutcome.of(e, sent, deadline.remainingNanos() > 0, settings.nextHop());
    }
  }

  @Override
  public int activeConnections() {
    HttpConnection current = connection;
    return current != null && current.connected() ? 1 : 0;
  }

  @Override
  public String description() {
    return settings.endpoint() + (settings.json() ? " (http/json)" : " (http/protobuf)");
  }

  @Override
  public void close() {
    HttpConnection current = connection;
    if (current != null) {
      current.close();
    }
    watch.shutdownNow();
  }

  private ExportResult send(byte[] head, byte[] body, int length, AttemptDeadline deadline)
      throws IOException {
    HttpConnection current = connection;
    TlsSocketFactory tls = settings.tls();
    if (current != null && tls != null && tls.renewed()) {
      current.close();
    }
    if (current != null && current.connected()) {
      try {
        return exchange(current, head, body, length, deadline);
      } catch (IOException e) {
        current.close();
        if (deadline.remainingNanos() <= 0 || current.answering()) {
          throw e;
        }
        // The server may have closed the idle connection meanwhile; a new one will tell.
      }
    }
    HttpConnection fresh = new HttpConnection();
    connection = fresh;
    return exchange(fresh, head, body, length, deadline);
  }

  private ExportResult exchange(
      HttpConnection target, byte[] head, byte[] body, int length, AttemptDeadline deadline)
      throws IOException {
    Future<?> watching =
        watch.scheduleWithFixedDelay(
            () -> {
              if (deadline.remainingNanos() <= 0) {
                target.close();
              }
            },
            WATCH_MILLIS,
            WATCH_MILLIS,
            TimeUnit.MILLISECONDS);
    try {
      if (!target.connected()) {
        target.connect(settings, lookup, deadline);
      }
      HttpResponse response = target.exchange(head, body, length);
      if (response.hasToken("connection", "close")) {
        target.close();
      }
      return HttpOutcome.of(response);
    } finally {
      watching.cancel(false);
    }
  }

  private byte[] head(String target, int length) {
    CollectorEndpoint endpoint = settings.endpoint();
    StringBuilder head = new StringBuilder(512);
    head.append("POST ").append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(endpoint.authority());
    head.append("\r\nUser-Agent: ").append(settings.userAgent());
    head.append("\r\nContent-Type: application/")
        .append(settings.json() ? "json" : "x-protobuf")
        .append("\r\n");
    if (settings.gzip()) {
      head.append("Content-Encoding: gzip\r\n");
    }
    head.append("Content-Length: ").append(length).append("\r\n");
    for (Map.Entry<String, String> header : settings.headers().entrySet()) {
      if (isText(header.getKey()) && isText(header.getValue())) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
      }
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether it is one line: a line break would begin another header. */
  private static boolean isText(String value) {
    return value.indexOf('\r') < 0 && value.indexOf('\n') < 0;
  }

  private static byte[] compress(byte[] request, int length) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 8192)) {
      gzip.write(request, 0, length);
    }
    return compressed.toByteArray();
  }
}
