package io.otlpagent.instrumentation.library.javahttpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.LoopbackServer;
import io.otlpagent.instrumentation.testing.RawServer;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.PasswordAuthentication;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is particular to the JDK's client. */
class JavaHttpClientQuirksTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final LoopbackServer server = LoopbackServer.http();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void stop() {
    server.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  @DisabledForJreRange(minVersion = 26, disabledReason = "the client itself follows the circle")
  void exceptionThatIsInsideItselfReachesTheCaller() {
    Circular first = new Circular();
    first.initCause(new Circular().initCause(first));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/hello")))
            .POST(HttpRequest.BodyPublishers.fromPublisher(subscriber -> refuse(subscriber, first)))
            .build();

    assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
        .isNotNull();

    assertThat(spans.takeOne().span().errorType()).isEqualTo(Circular.class.getName());
  }

  private static void refuse(Flow.Subscriber<?> subscriber, Throwable thrown) {
    subscriber.onSubscribe(new NoSubscription());
    subscriber.onError(thrown);
  }

  private static final class NoSubscription implements Flow.Subscription {

    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  private static final class Circular extends CompletionException {

    private static final long serialVersionUID = 1;

    Circular() {
      super("circular");
    }
  }

  @Test
  void interruptionOfTheCallerIsNoError() throws Exception {
    Thread caller =
        new Thread(
            () ->
                assertThatThrownBy(
                        () -> client.send(get("/silent"), HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(InterruptedException.class));
    caller.start();
    await().until(() -> server.received().size() == 1);

    caller.interrupt();
    caller.join();

    assertThat(spans.takeOne().span().failed()).isFalse();
  }

  @Test
  void headersOfTheRequestStayAsTheyWere() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/hello"))).header("X-Color", "blue").build();

    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

    spans.takeOne();
    assertThat(request.headers())
        .isEqualTo(HttpHeaders.of(Map.of("X-Color", List.of("blue")), (n, v) -> true));
    assertThat(response.request().headers().map()).containsOnlyKeys("X-Color");
  }

  @Test
  void headerOfTheApplicationIsReplacedOnTheWireOnly() throws Exception {
    String mine = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url("/hello")))
            .header("traceparent", mine)
            .build();

    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());

    String spanId = String.format("%016x", spans.takeOne().spanId());
    assertThat(server.received().get(0).header("traceparent")).contains(spanId);
    assertThat(request.headers().allValues("traceparent")).containsExactly(mine);
    assertThat(response.request().headers().allValues("traceparent")).containsExactly(mine);
  }

  @Test
  void requestsAtTheSameTimeKeepTheirParents() {
    List<CompletableFuture<?>> responses = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 50; i++) {
      spans.inSpan(
          "parent",
          () ->
              responses.add(
                  client.sendAsync(
                      get("/redirect/hello"), HttpResponse.BodyHandlers.discarding())));
    }
    responses.forEach(CompletableFuture::join);

    List<RecordedSpan> taken = spans.take(100);
    Map<Long, RecordedSpan> parents = new HashMap<>();
    taken.stream()
        .filter(span -> span.kind() == SpanKind.SERVER)
        .forEach(span -> parents.put(span.spanId(), span));
    assertThat(parents).hasSize(50);
    assertThat(taken)
        .filteredOn(span -> span.kind() == SpanKind.CLIENT)
        .allSatisfy(span -> assertThat(parents.remove(span.parentSpanId())).isNotNull());
  }

  @Test
  void oneRequestSentTwiceIsTwoFirstAttempts() throws Exception {
    HttpRequest request = get("/hello");

    client.send(request, HttpResponse.BodyHandlers.discarding());
    client.send(request, HttpResponse.BodyHandlers.discarding());

    assertThat(spans.take(2))
        .allSatisfy(span -> assertThat(span.attribute("http.request.resend_count")).isNull());
  }

  @Test
  void challengeIsASecondSpan() throws Exception {
    HttpClient authenticating =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("alice", "secret".toCharArray());
                  }
                })
            .build();

    int status =
        authenticating.send(get("/protected"), HttpResponse.BodyHandlers.discarding()).statusCode();

    assertThat(status).isEqualTo(200);
    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).attribute("error.type")).isEqualTo("401");
    assertThat(taken.get(1).attribute("http.response.status_code")).isEqualTo(200L);
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void timeoutOfConnectIsError() throws Exception {
    HttpClient impatient =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(300))
            .build();
    List<Socket> filling = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // The kernel ignores who comes after the backlog.
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        filling.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException e) {
          break;
        }
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/"))
              .build();
      assertThatThrownBy(() -> impatient.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(HttpTimeoutException.class);
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("error.type")).isEqualTo("java.net.http.HttpConnectTimeoutException");
  }

  @Test
  void exceptionOfTheFutureIsTheClients() {
    CompletableFuture<HttpResponse<Void>> future =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(server.url("/silent")))
                .timeout(Duration.ofSeconds(1))
                .build(),
            HttpResponse.BodyHandlers.discarding());

    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(HttpTimeoutException.class);

    spans.takeOne();
  }

  @Test
  void handshakeOfWebSocketIsOneSpan() throws Exception {
    try (RawServer upgrading = new RawServer(JavaHttpClientQuirksTest::acceptWebSocket)) {
      client
          .newWebSocketBuilder()
          .buildAsync(
              URI.create(upgrading.url("/chat").replace("http:", "ws:")),
              new WebSocket.Listener() {})
          .get()
          .abort();

      assertThat(upgrading.requests().get(0)).containsIgnoringCase("\r\ntraceparent: 00-");
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(101L);
    assertThat(span.span().failed()).isFalse();
  }

  private static void acceptWebSocket(RawServer self, int number, Socket socket)
      throws IOException {
    String headers = self.readHeaders(socket);
    String name = "sec-websocket-key: ";
    int start = headers.toLowerCase(Locale.ROOT).indexOf(name) + name.length();
    String key = headers.substring(start, headers.indexOf('\r', start));
    self.write(
        socket,
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: " + WebSocketKeys.accept(key));
    self.readHeaders(socket);
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(server.url(path))).build();
  }
}
