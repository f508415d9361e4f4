package io.otlpagent.agent.export.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.otlpagent.agent.export.Replies;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.ScriptedServer;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class HttpSenderTest {

  private record Answer(int status, Map<String, String> headers, byte[] body) {}

  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HttpSender sender;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::handle);
    server.start();
    sender = sender(server.getAddress().getPort(), Map.of(), false);
  }

  @AfterEach
  void stop() {
    sender.close();
    server.stop(0);
  }

  @Test
  void okIsSuccess() {
    assertThat(Requests.send(sender, 3).isSuccess()).isTrue();

    assertThat(requests.get(0).getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(3);
    assertThat(headers.get(0).getFirst("Content-Type")).isEqualTo("application/x-protobuf");
    assertThat(headers.get(0).getFirst("User-Agent"))
        .isEqualTo("otlp-agent/1.2.3 OTel-OTLP-Exporter-Java/1.2.3");
    assertThat(sender.activeConnections()).isEqualTo(1);
  }

  @Test
  void theConnectionIsKept() {
    for (int i = 0; i < 5; i++) {
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
    }

    assertThat(clients).hasSize(5).containsOnly(clients.get(0));
  }

  @Test
  void compressedRequestsArriveWhole() {
    HttpSender compressing = sender(server.getAddress().getPort(), Map.of("X-Key", "secret"), true);

    assertThat(Requests.send(compressing, 500).isSuccess()).isTrue();
    compressing.close();

    assertThat(headers.get(0).getFirst("Content-Encoding")).isEqualTo("gzip");
    assertThat(headers.get(0).getFirst("X-Key")).isEqualTo("secret");
    assertThat(requests.get(0).getResourceSpans(0).getScopeSpans(0).getSpansCount()).isEqualTo(500);
  }

  @Test
  void aHeaderCannotSmuggleAnother() {
    HttpSender smuggling =
        sender(server.getAddress().getPort(), Map.of("X-Key", "a\r\nX-Other: b"), false);

    assertThat(Requests.send(smuggling, 1).isSuccess()).isTrue();
    smuggling.close();

    assertThat(headers.get(0)).doesNotContainKeys("X-key", "X-other");
  }

  @Test
  void aPartialSuccessSaysHowManyWereRejected() {
    answer(
        200,
        Map.of("Content-Type", "application/x-protobuf"),
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(2)
                    .setErrorMessage("too old"))
            .build()
            .toByteArray());

    ExportResult result = Requests.send(sender, 3);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isEqualTo(2);
    assertThat(result.message()).isEqualTo("too old");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void theseStatusesAreRetryable(int status) {
    answer(status, Map.of("Retry-After", "3"), new byte[0]);

    ExportResult result = Requests.send(sender, 1);

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.reason()).isEqualTo(String.valueOf(status));
    assertThat(result.minimumDelayNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(3));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 401, 403, 404, 408, 413, 415, 500, 501})
  void theOtherStatusesArePermanent(int status) {
    answer(status, Map.of("Location", "http://127.0.0.1:1/"), new byte[0]);

    ExportResult result = Requests.send(sender, 1);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.isRetryable()).isFalse();
    assertThat(result.reason()).isEqualTo(String.valueOf(status));
    assertThat(requests).hasSize(1);
  }

  @Test
  void theCollectorsExplanationIsKept() throws IOException {
    ByteArrayOutputStream status = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(status);
    out.writeInt32(1, 3);
    out.writeString(2, "bad span");
    out.flush();
    answer(400, Map.of("Content-Type", "application/x-protobuf"), status.toByteArray());
    answer(
        400,
        Map.of("Content-Type", "application/json"),
        "{\"code\":3, \"message\" : \"no \\\"x\\\"\\u00e4\\n\"}".getBytes(UTF_8));

    assertThat(Requests.send(sender, 1).message()).isEqualTo("HTTP 400: bad span");
    assertThat(Requests.send(sender, 1).message()).isEqualTo("HTTP 400: no \"x\"ä");
  }

  @Test
  void retryAfterMayBeADate() {
    long now = 784_111_777_000L;

    assertThat(HttpOutcome.retryAfterNanos("Sun, 06 Nov 1994 08:49:39 GMT", now))
        .isEqualTo(TimeUnit.SECONDS.toNanos(2));
    assertThat(HttpOutcome.retryAfterNanos("Sunday, 06-Nov-94 08:49:39 GMT", now))
        .isEqualTo(TimeUnit.SECONDS.toNanos(2));
    assertThat(HttpOutcome.retryAfterNanos("Sun Nov  6 08:49:39 1994", now))
        .isEqualTo(TimeUnit.SECONDS.toNanos(2));
    assertThat(HttpOutcome.retryAfterNanos("Sun, 06 Nov 1994 08:49:30 GMT", now)).isZero();
    assertThat(HttpOutcome.retryAfterNanos("soon", now)).isZero();
    assertThat(HttpOutcome.retryAfterNanos("-5", now)).isZero();
    assertThat(HttpOutcome.retryAfterNanos("99999999999999", now)).isEqualTo(Long.MAX_VALUE);
    assertThat(HttpOutcome.retryAfterNanos("9".repeat(30), now)).isEqualTo(Long.MAX_VALUE);
    assertThat(HttpOutcome.retryAfterNanos("Sun, 06 Nov +999999999 08:49:30 GMT", now)).isZero();
    assertThat(HttpOutcome.retryAfterNanos("Sun, 06 Nov -999999999 08:49:30 GMT", now)).isZero();
  }

  @Test
  void aBodyThatCannotBeInflatedDoesNotHideSuccess() {
    answer(200, Map.of("Content-Encoding", "gzip"), "not gzip".getBytes(UTF_8));

    assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 100\r\n\r\nshort", "Transfer-Encoding: chunked\r\n\r\n99\r\n"})
  void aBodyThatIsCutOffDoesNotHideTheFailure(String rest) throws IOException {
    try (ScriptedServer cutting =
        new ScriptedServer(
            false,
            Replies.rawThenClose("HTTP/1.1 400 Bad Request\r\n" + rest),
            Replies.http(200))) {
      HttpSender client = sender(cutting.port(), Map.of(), false);

      ExportResult result = Requests.send(client, 1);

      assertThat(result.reason()).isEqualTo("400");
      assertThat(result.isRetryable()).isFalse();
      assertThat(Requests.send(client, 1).isSuccess()).isTrue();
      client.close();
    }
  }

  @Test
  void anAnswerThatIsTooLargeIsPermanent() {
    answer(200, Map.of("Content-Type", "application/x-protobuf"), new byte[5 << 20]);

    ExportResult result = Requests.send(sender, 1);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.isRetryable()).isFalse();
    assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
  }

  @Test
  void anAbsentCollectorIsRetryable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    HttpSender absent = sender(port, Map.of(), false);

    ExportResult result = Requests.send(absent, 1);

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.message()).contains("Connection refused");
    assertThat(absent.activeConnections()).isZero();
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsReplaced() throws Exception {
    try (ServerSocket oneShot = new ServerSocket(0)) {
      Thread serving =
          new Thread(
              () -> {
                for (int i = 0; i < 2; i++) {
                  try (Socket client = oneShot.accept()) {
                    readRequest(client.getInputStream());
                    client.getOutputStream().write(ok());
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      serving.start();
      HttpSender keeping = sender(oneShot.getLocalPort(), Map.of(), false);

      assertThat(Requests.send(keeping, 1).isSuccess()).isTrue();
      assertThat(Requests.send(keeping, 1).isSuccess()).isTrue();
      keeping.close();
      serving.join();
    }
  }

  @Test
  void chunkedAnswersAreRead() throws Exception {
    byte[] answer =
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad\r\nContent-Type: text/plain\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nbad\r\n5\r\n span\r\n0\r\n\r\n")
            .getBytes(UTF_8);

    HttpResponse response = new HttpResponseReader(new ByteArrayInputStream(answer)).read();

    assertThat(response.status()).isEqualTo(400);
    assertThat(new String(response.body(), UTF_8)).isEqualTo("bad span");
  }

  @Test
  void whatIsNotHttpIsRetryableWithAHint() throws Exception {
    try (ServerSocket garbage = new ServerSocket(0)) {
      Thread serving =
          new Thread(
              () -> {
                try (Socket client = garbage.accept()) {
                  client.getOutputStream().write("\0\0\22\4\0\0\0\0\0garbage\n".getBytes(UTF_8));
                } catch (IOException e) {
                  // The client says what happened.
                }
              });
      serving.start();
      HttpSender confused = sender(garbage.getLocalPort(), Map.of(), false);

      ExportResult result = Requests.send(confused, 1);
      serving.join();

      assertThat(result.isRetryable()).isTrue();
      assertThat(result.reason()).isEqualTo("connection");
    }
  }

  @Test
  void aServerThatReadsNothingIsLeftAtTheDeadline() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0)) {
      HttpSender patient = sender(deaf.getLocalPort(), Map.of(), false);

      ExportResult result = Requests.send(patient, 200_000, 500);

      assertThat(result.isRetryable()).isTrue();
      assertThat(result.reason()).isEqualTo("timeout");
    }
  }

  private void answer(int status, Map<String, String> headers, byte[] body) {
    answers.add(new Answer(status, headers, body));
  }

  private void handle(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(body);
    }
    requests.add(ExportTraceServiceRequest.parseFrom(body.readAllBytes()));
    headers.add(exchange.getRequestHeaders());
    clients.add(exchange.getRemoteAddress());
    Answer answer = answers.poll();
    if (answer == null) {
      answer = new Answer(200, Map.of(), new byte[0]);
    }
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    try (var out = exchange.getResponseBody()) {
      out.write(answer.body());
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
    in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf("\r\n", at))));
  }

  private static byte[] ok() {
    return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8);
  }

  private static HttpSender sender(int port, Map<String, String> headers, boolean gzip) {
    CollectorEndpoint endpoint = CollectorEndpoint.of("http://127.0.0.1:" + port, true);
    return new HttpSender(
        new SenderSettings(endpoint, headers, gzip, "1.2.3"), OtlpSignal::httpPath);
  }
}
