package io.otlpagent.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.wiring.Senders;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CollectorReportTest {

  private final List<Finding> findings = new ArrayList<>();

  @Test
  void oneCallerWaitsForTheCollectorAndOthersDoNot() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CollectorReport report = report(silent.getLocalPort());
      Thread first = new Thread(() -> report.tree(null, new ArrayList<>()), "first");
      first.setDaemon(true);
      first.start();
      silent.accept();

      Map<String, Object> tree =
          assertTimeoutPreemptively(Duration.ofSeconds(60), () -> report.tree(null, findings));

      assertThat(tree).containsEntry("probe", "no answer yet");
      assertThat(findings).extracting(Finding::severity).containsExactly(Finding.Severity.INFO);
      first.join(60_000);
      assertThat(first.isAlive()).isFalse();
    }
  }

  @Test
  void withoutACollectorNoneIsAsked() {
    Properties properties = new Properties();
    properties.setProperty("otel.traces.exporter", "console");
    OtlpConfig otlp = AgentConfigLoader.load(null, properties, Map.of()).otlp();
    CollectorReport report = new CollectorReport(otlp, Senders.probe(otlp), 1);

    assertThat(report.tree(null, findings))
        .containsEntry("probe", "not asked")
        .containsEntry("exporters", "console");
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.INFO);
              assertThat(finding.what()).contains("standard output");
            });
  }

  private static CollectorReport report(int port) {
    Properties properties = new Properties();
    properties.setProperty("otlp.otlp.endpoint", "http://127.0.0.1:" + port);
    OtlpConfig otlp = AgentConfigLoader.load(null, properties, Map.of()).otlp();
    return new CollectorReport(otlp, Senders.probe(otlp), TimeUnit.HOURS.toNanos(1));
  }
}
