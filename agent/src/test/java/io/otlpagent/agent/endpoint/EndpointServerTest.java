package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.endpoint.RawClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class EndpointServerTest {

  private static final int WORKERS = 2;
  private static final String LARGE = "x".repeat(64 << 20);

  private final CountDownLatch release = new CountDownLatch(1);
  private EndpointServer server;
  private int port;

  @BeforeEach
  void start() throws IOException {
    Map<String, Route> routes =
        Map.of(
            "/hello", request -> HttpResponse.text(200, "h\u00e9llo"),
            "/large", request -> HttpResponse.text(200, LARGE),
            "/blocks", this::block,
            "/fails",
                request -> {
                  throw new IllegalStateException("on purpose");
                },
            "/dies",
                request -> {
                  throw new StackOverflowError();
                },
            "/unspeakable",
                request -> {
                  throw new Unspeakable();
                });
    server =
        EndpointServer.start(
            "test-endpoint",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            WORKERS,
            new AllowedHosts("127.0.0.1", List.of("agent.example.com")),
            routes);
    port = server.port();
  }

  private HttpResponse block(HttpRequest request) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return HttpResponse.text(200, "released");
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop();
  }

  @Test
  void getIsAnswered() throws IOException {
    Answer answer = RawClient.get(port, "/hello?query");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("h\u00e9llo");
    assertThat(answer.header("Content-Length")).isEqualTo("6");
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void headHasNoBody() throws IOException {
    Answer answer = RawClient.send(port, "HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("6");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void http10NeedsNoHost() throws IOException {
    assertThat(RawClient.send(port, "GET /hello HTTP/1.0\r\n\r\n").body()).isEqualTo("h\u00e9llo");
  }

  @Test
  void bareLineFeedsAndLeadingEmptyLinesAreAccepted() throws IOException {
    assertThat(RawClient.send(port, "\r\n\nGET /hello HTTP/1.1\nHost: localhost\n\n").status())
        .isEqualTo(200);
  }

  @Test
  void requestMayComeByteByByte() throws IOException {
    try (RawClient client = new RawClient(port)) {
      for (char c : "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".toCharArray()) {
        client.write(String.valueOf(c));
      }

      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void absoluteFormIsAccepted() throws IOException {
    assertThat(
            RawClient.send(port, "GET http://localhost:1/hello HTTP/1.1\r\nHost: x\r\n\r\n")
                .status())
        .isEqualTo(200);
    assertThat(
            RawClient.send(port, "GET http://evil.com/hello HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .status())
        .isEqualTo(421);
  }

  @Test
  void missingHostIsRefused() throws IOException {
    Answer answer = RawClient.send(port, "GET /hello HTTP/1.1\r\n\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Host header is missing");
  }

  @Test
  void twoHostsAreRefused() throws IOException {
    assertThat(
            RawClient.send(port, "GET /hello HTTP/1.1\r\nHost: localhost\r\nhost: b\r\n\r\n")
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9464",
        "LOCALHOST",
        "127.0.0.1:80",
        "10.1.2.3",
        "[::1]:9464",
        "[fe80::1]",
        "demo:9464",
        "otlp-agent.shop.svc",
        "otlp-agent.shop.svc.cluster.local:9464",
        "agent.example.com",
        "Agent.Example.com:80",
        "localhost.",
        "x.localhost"
      })
  void privateNamesAreAllowed(String host) throws IOException {
    assertThat(RawClient.send(port, "GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
        .as(host)
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.com", "evil.com:9464", "127.0.0.1.evil.com", "localhost.evil.com", "", "evil.com/",
        "a b", "localhost:x", "[::1].evil.com", "1.2.3.4.5", "user@localhost", "svc.evil.com"
      })
  void otherNamesAreRefused(String host) throws IOException {
    Answer answer = RawClient.send(port, "GET /hello HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

    assertThat(answer.status()).as(host).isEqualTo(421);
    assertThat(answer.body()).contains("server.allowed_hosts").doesNotContain("h\u00e9llo");
  }

  @Test
  void ownHostNameIsAllowed() throws IOException {
    String name = InetAddress.getLocalHost().getHostName();

    assertThat(RawClient.send(port, "GET /hello HTTP/1.1\r\nHost: " + name + "\r\n\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "FOO"})
  void otherMethodsAreNotAllowed(String method) throws IOException {
    Answer answer =
        RawClient.send(
            port, method + " /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void answerToAPostWithABodyArrives() throws IOException {
    Answer answer =
        RawClient.send(
            port,
            "POST /hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000\r\n\r\n"
                + "x".repeat(30_000));

    assertThat(answer.status()).isEqualTo(405);
  }

  @Test
  void unknownPathIsNotFound() throws IOException {
    assertThat(RawClient.get(port, "/").status()).isEqualTo(404);
    assertThat(RawClient.get(port, "/hello/").status()).isEqualTo(404);
    assertThat(RawClient.get(port, "/../hello").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET\r\n\r\n",
        "GET /hello\r\n\r\n",
        "GET  /hello HTTP/1.1\r\n\r\n",
        " GET /hello HTTP/1.1\r\n\r\n",
        "G(T /hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: local\0host\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n",
        "GET /hello HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\n\n",
      })
  void garbageIsABadRequest(String request) throws IOException {
    assertThat(RawClient.send(port, request).status()).isEqualTo(400);
    assertThat(RawClient.get(port, "/hello").status()).isEqualTo(200);
  }

  @Test
  void otherVersionsAreNotSupported() throws IOException {
    assertThat(RawClient.send(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status()).isEqualTo(505);
    assertThat(RawClient.send(port, "GET /hello HTTP/0.9\r\n\r\n").status()).isEqualTo(505);
  }

  @Test
  void headerOfMoreThanEightKibibytesIsTooLarge() throws IOException {
    Answer fits = RawClient.get(port, "/hello", "A: " + "x".repeat(8192 - 50));
    Answer tooLarge = RawClient.get(port, "/hello", "A: " + "x".repeat(8192));
    Answer farTooLarge = RawClient.get(port, "/hello", "A: " + "x".repeat(60_000));
    Answer longLine = RawClient.get(port, "/" + "x".repeat(9000));

    assertThat(fits.status()).isEqualTo(200);
    assertThat(tooLarge.status()).isEqualTo(431);
    assertThat(farTooLarge.status()).isEqualTo(431);
    assertThat(longLine.status()).isEqualTo(431);
  }

  @Test
  void requestThatEndsTooEarlyIsABadRequest() throws IOException {
    try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET /hel".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      socket.shutdownOutput();

      assertThat(
              new String(
                  socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void failureOfARouteIsAnAnswerAndNoMore() throws IOException {
    for (int i = 0; i < 2 * WORKERS; i++) {
      assertThat(RawClient.get(port, "/fails").status()).isEqualTo(500);
      assertThat(RawClient.get(port, "/dies").status()).isEqualTo(500);
    }

    assertThat(RawClient.get(port, "/hello").status()).isEqualTo(200);
    assertThat(server.failure()).isNull();
  }

  @Test
  void aFailureThatCannotEvenBeSaidIsAnAnswerAndNoMore() throws IOException {
    for (int i = 0; i < 2 * WORKERS; i++) {
      assertThat(RawClient.get(port, "/unspeakable").status()).isEqualTo(500);
    }

    assertThat(RawClient.get(port, "/hello").status()).isEqualTo(200);
    assertThat(server.failure()).isNull();
  }

  @Test
  void aThreadThatHasDiedIsNamed() {
    server.thread("otlp-agent-endpoint-3", () -> {});

    await().until(() -> "the thread otlp-agent-endpoint-3 has died".equals(server.failure()));
  }

  @Test
  void slowClientIsToldAfterFiveSeconds() throws IOException {
    try (RawClient slow = new RawClient(port)) {
      slow.write("GET /hello HTTP/1.1\r\n");

      assertThat(slow.read().status()).isEqualTo(408);
    }
  }

  @Test
  void idleClientsDoNotKeepOthersOut() throws IOException {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * WORKERS; i++) {
        idle.add(new RawClient(port));
      }

      assertThat(RawClient.get(port, "/hello").status()).isEqualTo(200);
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  @Test
  void clientThatDoesNotReadIsCutOff() throws IOException {
    try (RawClient first = new RawClient(port);
        RawClient second = new RawClient(port)) {
      first.write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
      second.write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(RawClient.get(port, "/hello").status()).isEqualTo(200);
    }
  }

  @Test
  void flushOfConnectionsIsSurvived() throws IOException {
    List<RawClient> held = new ArrayList<>();
    try {
      for (int i = 0; i < WORKERS; i++) {
        held.add(new RawClient(port));
        held.get(i).write("GET /blocks HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      await().until(() -> workersIn("block") == WORKERS);
      for (int i = 0; i < 2 * EndpointServer.MAX_WAITING; i++) {
        RawClient client = new RawClient(port);
        held.add(client);
      }

      for (RawClient client : held.subList(WORKERS + EndpointServer.MAX_WAITING, held.size())) {
        assertThat(client.closedByServer()).isTrue();
      }
    } finally {
      release.countDown();
      for (RawClient client : held) {
        client.close();
      }
    }
    await()
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> RawClient.get(port, "/hello").status() == 200);
  }

  @Test
  void moreThanTheWorkersAreServedInTurn() throws Exception {
    List<Thread> clients = new ArrayList<>();
    List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      Thread client =
          new Thread(
              () -> {
                try {
                  statuses.add(RawClient.get(port, "/hello").status());
                } catch (IOException e) {
                  statuses.add(-1);
                }
              });
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }

    assertThat(statuses).hasSize(20).containsOnly(200);
  }

  @Test
  void threadsAreDaemonsWithOurNames() {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("test-endpoint"))
            .toList();

    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
    assertThat(threads)
        .extracting(Thread::getName)
        .contains("test-endpoint", "test-endpoint-1", "test-endpoint-2");
  }

  @Test
  void stoppedServerRefusesConnectionsAndEndsItsThreads() {
    server.stop();

    assertThatThrownBy(() -> RawClient.get(port, "/hello")).isInstanceOf(IOException.class);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("test-endpoint")));
  }

  @Test
  void portInUseIsSaidInTheOperatorsWords() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress taken =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), other.getLocalPort());

      assertThatThrownBy(
              () ->
                  EndpointServer.start(
                      "other", taken, 1, new AllowedHosts("127.0.0.1", List.of()), Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(":" + other.getLocalPort() + " cannot be bound")
          .hasMessageContaining("set server.host and server.port");
    }
  }

  private static long workersIn(String method) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith("test-endpoint-"))
        .filter(
            entry ->
                List.of(entry.getValue()).stream()
                    .anyMatch(frame -> frame.getMethodName().equals(method)))
        .count();
  }

  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw this;
    }

    @Override
    public String getMessage() {
      throw this;
    }
  }
}
