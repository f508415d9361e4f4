package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DemoIT {

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^otlp_spans_(?!queue_)(\\w+?)(?:_total)?(?:\\{[^}]*})? (\\S+)$");
  private static final Pattern PROCESS = Pattern.compile("\\(process (\\d+)\\)");

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from17")
  void requestToShopIsOneTree(JavaHome home) throws IOException {
    int port = Http.freePort();
    int agentPort = Http.freePort();
    try (Receiver receiver = new Receiver();
        AgentProcess process = new AgentProcess(shop(home, receiver, port, agentPort))) {
      Http.awaitStatus(port, "/products", 200, process.process());
      Http.status(port, "/products/1");
      Http.status(port, "/five-queries");
      Http.status(port, "/reports/daily");

      assertThat(trace(receiver, 2, "/products"))
          .isEqualTo("SERVER GET /products(CLIENT SELECT products)");
      assertThat(trace(receiver, 5, "/products/1"))
          .isEqualTo(
              "SERVER GET /products/{id}(CLIENT SELECT products, "
                  + "CLIENT GET(SERVER GET /stock/{productId}(CLIENT SELECT stock)))");
      assertThat(trace(receiver, 6, "/five-queries"))
          .isEqualTo(
              "SERVER GET /five-queries(CLIENT SELECT stock, CLIENT SELECT stock, "
                  + "CLIENT SELECT stock, CLIENT SELECT stock, CLIENT SELECT stock)");
      assertThat(trace(receiver, 2, "/reports/daily"))
          .isEqualTo("SERVER GET /reports/daily(CLIENT SELECT daily_sales)");
      receiver.assertSound();
      assertThat(process.out()).isEmpty();
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> assertLedgerBalanced(agentPort));
      assertThat(Http.status(agentPort, "/health")).isEqualTo(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void demoThatIsToldToStopLeavesNoProcess() throws Exception {
    JavaCommand demo =
        new JavaCommand(JavaHome.running())
            .option("-Dshop.jar=" + Programs.shop())
            .option("-Dotlpagent.jar=" + Programs.agent())
            .option("-Ddemo.port=" + Http.freePort())
            .option("-Ddemo.visits=10")
            .program("-cp", System.getProperty("java.class.path"))
            .program("io.otlpagent.smoke.demo.Demo");
    try (AgentProcess process = new AgentProcess(demo)) {
      await()
          .atMost(java.time.Duration.ofSeconds(180))
          .untilAsserted(() -> assertThat(process.out()).contains("server GET /products/{id}"));
      Matcher pid = PROCESS.matcher(process.out());
      assertThat(pid.find()).isTrue();
      Optional<ProcessHandle> shop = ProcessHandle.of(Long.parseLong(pid.group(1)));
      assertThat(shop).isPresent();

      process.close();

      assertThat(shop.get().isAlive()).isFalse();
      assertThat(process.awaitEnd().out()).containsPattern("received \\d+ spans");
    }
  }

  private static JavaCommand shop(JavaHome home, Receiver receiver, int port, int agentPort) {
    return AgentProcess.underAgent(home, receiver.endpoint())
        .environment(
            Map.of("OTLP_SERVER_ENABLED", "true", "OTLP_SERVER_PORT", Integer.toString(agentPort)))
        .program("-jar", Programs.shop().toString(), "--server.port=" + port);
  }

  private static String trace(Receiver receiver, int spans, String path) {
    return receiver.awaitTrace(spans, root -> isRequestTo(root, path)).shape();
  }

  private static boolean isRequestTo(ReceivedSpan root, String path) {
    return root.attribute("url.path").equals(path);
  }

  /** started = live + queued + in flight + exported + rejected + dropped + on disk. */
  private static void assertLedgerBalanced(int agentPort) throws IOException {
    double started = 0;
    double rest = 0;
    Matcher sample = SAMPLE.matcher(Http.body(agentPort, "/metrics"));
    while (sample.find()) {
      double value = Double.parseDouble(sample.group(2));
      if (sample.group(1).equals("started")) {
        started += value;
      } else {
        rest += value;
      }
    }
    assertThat(started).isPositive().isEqualTo(rest);
  }
}
