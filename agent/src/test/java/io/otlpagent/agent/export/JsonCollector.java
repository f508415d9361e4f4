package io.otlpagent.agent.export;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.otlpagent.agent.export.otlp.JsonForm;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A server of {@code http/json} that answers as it is told. */
final class JsonCollector implements AutoCloseable {

  private record Answer(int status, String body) {}

  final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
  final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
  final List<Headers> headers = new CopyOnWriteArrayList<>();

  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private volatile Answer otherwise = new Answer(200, "{\"partialSuccess\":{}}");
  private final HttpServer server;

  JsonCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  HttpSender sender(boolean gzip) {
    CollectorEndpoint endpoint =
        CollectorEndpoint.of("http://127.0.0.1:" + server.getAddress().getPort(), true);
    return new HttpSender(
        new SenderSettings(endpoint, Map.of(), gzip, "1.2.3").withJson(true), OtlpSignal::httpPath);
  }

  void next(int status, String body) {
    answers.add(new Answer(status, body));
  }

  void always(int status, String body) {
    otherwise = new Answer(status, body);
  }

  private void handle(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      in = new GZIPInputStream(in);
    }
    byte[] body = in.readAllBytes();
    String json = JsonForm.text(body, body.length);
    headers.add(exchange.getRequestHeaders());
    Answer next = answers.poll();
    Answer answer = next == null ? otherwise : next;
    if (answer.status() == 200 && exchange.getRequestURI().getPath().equals("/v1/traces")) {
      traces.add(JsonForm.parse(json, ExportTraceServiceRequest.newBuilder()).build());
    } else if (answer.status() == 200) {
      metrics.add(JsonForm.parse(json, ExportMetricsServiceRequest.newBuilder()).build());
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
