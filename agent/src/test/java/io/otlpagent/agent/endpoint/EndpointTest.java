package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.endpoint.RawClient.Answer;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class EndpointTest {

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final Services services = new Services();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : toClose) {
      closeable.close();
    }
  }

  @Test
  void healthyAgentSaysSo() throws IOException {
    Answer answer = RawClient.get(start("").ports().get(0), "/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.body())
        .matches(
            "\\{\"status\":\"healthy\",\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\","
                + "\"version\":\"1\\.2\\.3\",\"uptime\":\\d+}\n");
  }

  @Test
  void brokenAgentIsUnhealthy() throws IOException {
    services.failure = "the exporter thread has died";

    Answer answer = RawClient.get(start("").ports().get(0), "/health");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .startsWith("{\"status\":\"unhealthy\"")
        .contains("\"reason\":\"the exporter thread has died\"");
  }

  @Test
  void deadCollectorDoesNotMakeTheAgentUnhealthy() throws IOException {
    services.collector = false;

    assertThat(RawClient.get(start("").ports().get(0), "/health").status()).isEqualTo(200);
  }

  @Test
  void agentIsNotReadyBeforeItHasStarted() throws IOException {
    services.started = false;
    int port = start("").ports().get(0);
    Answer before = RawClient.get(port, "/ready");
    services.started = true;
    Answer after = RawClient.get(port, "/ready");

    assertThat(before.status()).isEqualTo(503);
    assertThat(before.body())
        .isEqualTo("{\"status\":\"not_ready\",\"checks\":{\"collector\":true}}\n");
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.body()).isEqualTo("{\"status\":\"ready\",\"checks\":{\"collector\":true}}\n");
  }

  @Test
  void failingChecksMatterOnlyIfRequired() throws IOException {
    services.collector = false;
    services.database = false;

    Answer free = RawClient.get(start("").ports().get(0), "/ready");
    Answer collector =
        RawClient.get(start("server.ready.require=collector").ports().get(0), "/ready");
    Answer database =
        RawClient.get(start("server.ready.require=database").ports().get(0), "/ready");

    assertThat(free.status()).isEqualTo(200);
    assertThat(free.body())
        .isEqualTo("{\"status\":\"ready\",\"checks\":{\"collector\":false,\"database\":false}}\n");
    assertThat(collector.status()).isEqualTo(503);
    assertThat(database.status()).isEqualTo(503);
  }

  @Test
  void requiredDatabaseThatNobodyConnectedToIsNoFailure() throws IOException {
    services.database = null;

    Answer answer = RawClient.get(start("server.ready.require=database").ports().get(0), "/ready");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("database");
  }

  @Test
  void unknownRequirementIsIgnored() throws IOException {
    assertThat(RawClient.get(start("server.ready.require=redis").ports().get(0), "/ready").status())
        .isEqualTo(200);
  }

  @Test
  void collectorIsProbedBeforeTheFirstExport() throws IOException {
    services.collector = null;
    int listening = peer("", "").getLocalPort();
    Answer reachable =
        RawClient.get(
            start("otlp.endpoint=http://127.0.0.1:" + listening).ports().get(0), "/ready");
    Answer unreachable =
        RawClient.get(
            start("otlp.endpoint=http://127.0.0.1:" + closedPort()).ports().get(0), "/ready");

    assertThat(reachable.body()).contains("\"collector\":true");
    assertThat(unreachable.body()).contains("\"collector\":false");
  }

  @Test
  void collectorIsNoCheckWhereNothingIsExported() throws IOException {
    services.collector = null;

    Answer answer =
        RawClient.get(
            start("otel.traces.exporter=none;server.ready.require=collector").ports().get(0),
            "/ready");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("collector");
  }

  @Test
  void doctorIsServedToAllowedHostsOnly() throws IOException {
    int port = start("").ports().get(0);

    Answer answer = RawClient.get(port, "/doctor");
    Answer rebound = RawClient.send(port, "GET /doctor HTTP/1.1\r\nHost: attacker.example\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}\n");
    assertThat(rebound.status()).isEqualTo(421);
  }

  @Test
  void probesAskOtherServices() throws IOException {
    int redis = peer("*1\r\n$4\r\nPING\r\n", "+PONG\r\n").getLocalPort();
    int locked =
        peer("*1\r\n$4\r\nPING\r\n", "-NOAUTH Authentication required.\r\n").getLocalPort();
    int loading = peer("*1\r\n$4\r\nPING\r\n", "-LOADING\r\n").getLocalPort();
    int web =
        peer("GET /up?x HTTP/1.1\r\nHost: 127.0.0.1", "HTTP/1.1 204 No Content\r\n\r\n")
            .getLocalPort();
    int broken = peer("GET / HTTP/1.1\r\n", "HTTP/1.1 500 Oops\r\n\r\n").getLocalPort();
    int other = peer("", "").getLocalPort();

    Answer answer =
        RawClient.get(
            start(
                    "server.ready.probes=redis=redis://127.0.0.1:"
                        + redis
                        + ",locked=redis://127.0.0.1:"
                        + locked
                        + ",loading=redis://127.0.0.1:"
                        + loading
                        + ",web=http://127.0.0.1:"
                        + web
                        + "/up?x"
                        + ",broken=http://127.0.0.1:"
                        + broken
                        + ",other=tcp://127.0.0.1:"
                        + other
                        + ",gone=tcp://127.0.0.1:"
                        + closedPort())
                .ports()
                .get(0),
            "/ready");

    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"ready\",\"checks\":{\"collector\":true,\"redis\":true,\"locked\":true,\"loading\":false,\"web\":true,\"broken\":false,\"other\":true,\"gone\":false}}\n");
  }

  @Test
  void redisPasswordIsSent() throws IOException {
    int redis =
        peer("*3\r\n$4\r\nAUTH\r\n$4\r\nuser\r\n$4\r\nhush\r\n", "+OK\r\n+PONG\r\n").getLocalPort();

    Answer answer =
        RawClient.get(
            start("server.ready.probes=redis=redis://user:hush@127.0.0.1:" + redis).ports().get(0),
            "/ready");

    assertThat(answer.body()).contains("\"redis\":true").doesNotContain("hush");
  }

  @Test
  void silentServiceCountsAsGone() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port =
          start(
                  "server.ready.require=redis;server.ready.probes=redis=redis://127.0.0.1:"
                      + silent.getLocalPort())
              .ports()
              .get(0);

      Answer answer = RawClient.get(port, "/ready");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("\"redis\":false");
      assertThat(RawClient.get(port, "/health").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://x:1, 'it must begin with redis://, tcp:// or http://'",
    "tcp://x, it must have a host and a port",
    "redis:///x, it must have a host and a port",
    "http://a b, it is not a URL",
    "x, 'it must begin with redis://, tcp:// or http://'",
  })
  void unusableProbesAreRefused(String url, String message) {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Probe.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws IOException {
    int port = start("").ports().get(0);

    Answer text = RawClient.get(port, "/metrics");
    Answer openMetrics =
        RawClient.get(port, "/metrics", "Accept: application/openmetrics-text;version=1.0.0");

    assertThat(text.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(Exposition.parse(text.body(), false).samples()).containsEntry("answer", 42.0);
    assertThat(openMetrics.header("Content-Type"))
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(Exposition.parse(openMetrics.body(), true).samples()).containsEntry("answer", 42.0);
  }

  @Test
  void metricsCanHaveAPortAndAPathOfTheirOwn() throws IOException {
    Endpoint endpoint = start("metrics.port=" + closedPort() + ";metrics.path=/figures");

    assertThat(endpoint.ports()).hasSize(2);
    assertThat(RawClient.get(endpoint.ports().get(0), "/figures").status()).isEqualTo(404);
    assertThat(RawClient.get(endpoint.ports().get(1), "/figures").status()).isEqualTo(200);
    assertThat(RawClient.get(endpoint.ports().get(1), "/health").status()).isEqualTo(404);
  }

  @Test
  void metricsCanBeOff() throws IOException {
    assertThat(RawClient.get(start("metrics.enabled=false").ports().get(0), "/metrics").status())
        .isEqualTo(404);
  }

  @Test
  void endpointCanBeOff() {
    assertThat(start("server.enabled=false").ports()).isEmpty();
  }

  @Test
  void portInUseLeavesTheEndpointOff() throws IOException {
    int taken = peer("", "").getLocalPort();

    Endpoint endpoint = start("server.port=" + taken);

    assertThat(endpoint.ports()).isEmpty();
    assertThat(endpoint.failure()).isNull();
  }

  @Test
  void unknownHostLeavesTheEndpointOff() {
    assertThat(start("server.host=no-such-host.invalid").ports()).isEmpty();
  }

  private Endpoint start(String settings) {
    AgentConfig config =
        AgentConfigLoader.load("server.port=0;" + settings, new Properties(), Map.of());
    if (settings.contains("server.port")) {
      config = AgentConfigLoader.load(settings, new Properties(), Map.of());
    }
    Endpoint endpoint =
        new Endpoint(
            config.server(),
            config.otlp(),
            "1.2.3",
            new EndpointSources(
                    () -> services.failure,
                    services,
                    List.of(
                        collector -> {
                          collector.begin(Metric.gauge("answer", "", "Answer."));
                          collector.point(42, Labels.NONE);
                        }))
                .with(() -> "{}\n"));
    toClose.add(endpoint::stop);
    endpoint.start();
    return endpoint;
  }

  /** Answers each connection once the expected bytes have come. */
  private ServerSocket peer(String expected, String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    toClose.add(server);
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  InputStream in = socket.getInputStream();
                  byte[] read = in.readNBytes(expected.length());
                  if (new String(read, StandardCharsets.US_ASCII).equals(expected)) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  }
                  in.readAllBytes();
                } catch (IOException e) {
                  // The test is over, or the probe has gone.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static int closedPort() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      return server.getLocalPort();
    }
  }

  private static final class Services implements ReadySource {

    volatile boolean started = true;
    volatile @Nullable Boolean collector = true;
    volatile @Nullable Boolean database;
    volatile @Nullable String failure;

    @Override
    public boolean started() {
      return started;
    }

    @Override
    public @Nullable Boolean collector() {
      return collector;
    }

    @Override
    public @Nullable Boolean database() {
      return database;
    }
  }
}
