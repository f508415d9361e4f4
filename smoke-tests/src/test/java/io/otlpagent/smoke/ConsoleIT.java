package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spans and metrics as lines of OTLP JSON on standard output. */
final class ConsoleIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern QUEUE_FULL =
      Pattern.compile("(?m)^otlp_spans_dropped_total\\{reason=\"queue_full\"} ([1-9]\\d*)$");

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#some")
  void programThatEndsAtOnceHasWrittenItsSpansAndMetrics(JavaHome home) throws Exception {
    try (AgentProcess process =
        new AgentProcess(
            shortLived(home, "http://127.0.0.1:" + Http.freePort(), "console", "console"))) {
      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isZero();
      assertThat(process.out()).contains("got 120");
      assertThat(spans(process))
          .as("%s", process)
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.get("traceId").asText()).matches("[0-9a-f]{32}");
                assertThat(span.get("kind").asInt()).isEqualTo(3);
              });
      assertThat(values(process, "resourceMetrics", "name"))
          .contains("http.client.request.duration", "otel.sdk.exporter.span.exported");
      assertThat(process.err())
          .contains("spans to standard output", "flushed 1, lost 0")
          .doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void collectorGetsThemToo() throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                shortLived(
                    JavaHome.running(), receiver.endpoint(), "otlp,console", "prometheus"))) {
      process.awaitEnd();

      assertThat(receiver.store().spans()).as("%s", process).hasSize(1);
      assertThat(spans(process))
          .as("%s", process)
          .extracting(span -> span.get("spanId").asText())
          .containsExactly(receiver.store().spans().get(0).id());
    }
  }

  /** As when a container's log driver is stuck. */
  @Test
  void whoeverDoesNotReadBlocksNeitherTheApplicationNorItsExit() throws Exception {
    int endpoint = Http.freePort();
    String classPath = Programs.compile("load", "load", 8, false, List.of());
    JavaCommand command =
        AgentProcess.underAgent(JavaHome.running(), "http://127.0.0.1:" + Http.freePort())
            .environment(exporters("console", "prometheus"))
            .environment(
                Map.of(
                    "OTEL_BSP_MAX_QUEUE_SIZE", "256",
                    "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "256",
                    "OTLP_LOG_LEVEL", "error",
                    "OTLP_SHUTDOWN_TIMEOUT", "2s",
                    "OTLP_SERVER_ENABLED", "true",
                    "OTLP_SERVER_PORT", Integer.toString(endpoint)))
            .program("-cp", classPath, "UnderLoad");
    try (JavaProcess process = command.start()) {
      int port = port(process);
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> QUEUE_FULL.matcher(Http.body(endpoint, "/metrics")).find());

      long calls = calls(port);
      await().atMost(PATIENCE).until(() -> calls(port) > calls + 100);
      Http.awaitStatus(endpoint, "/ready", 200, process);
      assertThat(Http.body(endpoint, "/ready")).contains("\"checks\":{}");
      assertThat(Http.body(endpoint, "/doctor"))
          .contains("not asked", "spans are written to standard output");
      process.process().getOutputStream().close();

      assertThat(process.ends(PATIENCE.toSeconds())).isTrue();
      assertThat(process.process().exitValue()).isZero();
    }
  }

  private static JavaCommand shortLived(
      JavaHome home, String endpoint, String traces, String metrics) throws Exception {
    String classPath = Programs.compile("short", "short", 8, false, List.of());
    return AgentProcess.underAgent(home, endpoint)
        .environment(exporters(traces, metrics))
        .program("-cp", classPath, "ShortLived");
  }

  private static Map<String, String> exporters(String traces, String metrics) {
    return Map.of("OTEL_TRACES_EXPORTER", traces, "OTEL_METRICS_EXPORTER", metrics);
  }

  /** Of the first line; what follows is left in the pipe, which is full soon. */
  private static int port(JavaProcess process) throws IOException {
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.process().getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher port = Pattern.compile("port=(\\d+)").matcher(line);
      if (port.matches()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new IllegalStateException("no port");
  }

  private static long calls(int port) throws IOException {
    return Long.parseLong(Http.body(port, "/stats").split(" ", -1)[0].trim());
  }

  private static List<JsonNode> spans(AgentProcess process) throws IOException {
    List<JsonNode> spans = new ArrayList<>();
    for (JsonNode line : lines(process, "resourceSpans")) {
      line.findValues("spans").forEach(list -> list.forEach(spans::add));
    }
    return spans;
  }

  private static List<String> values(AgentProcess process, String kind, String name)
      throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonNode line : lines(process, kind)) {
      values.addAll(line.findValuesAsText(name));
    }
    return values;
  }

  private static List<JsonNode> lines(AgentProcess process, String kind) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : process.out().split("\n", -1)) {
      if (line.startsWith("{\"" + kind + "\":[")) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    return lines;
  }
}
