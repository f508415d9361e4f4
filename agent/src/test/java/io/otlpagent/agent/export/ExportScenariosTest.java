package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.probe.CollectorProbe;
import io.otlpagent.agent.export.probe.ExplainingSender;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.logging.AgentLog;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten spans to every kind of collector; writes what became of them to a table. */
@Timeout(300)
class ExportScenariosTest {

  private static final Path REPORT = Path.of("target", "export-scenarios.md");

  @TempDir private static Path files;

  private static final List<String> TABLE = new ArrayList<>();
  private static final List<String> EXPLANATIONS = new ArrayList<>();
  private static Path log;

  @BeforeAll
  static void prepare() throws Exception {
    Certificates.make(files, "server", "EC", Certificates.LOOPBACK);
    Certificates.make(files, "stranger", "EC", Certificates.LOOPBACK);
    Certificates.make(files, "misnamed", "EC", "san=dns:other.example");
    Certificates.issue(files, "expired", "server", "-startdate", "-10d", "-validity", "5");
    log = files.resolve("agent.log");
    AgentLog.init("debug", "text", log.toString());
  }

  @AfterAll
  static void report() throws IOException {
    AgentLog.init("info", "json", "stderr");
    List<String> lines = new ArrayList<>();
    lines.add(
        "| scenario | first attempt | requests seen | started | exported | rejected | dropped | on_disk |");
    lines.add("|---|---|---|---|---|---|---|---|");
    lines.addAll(TABLE);
    lines.add("");
    lines.addAll(EXPLANATIONS);
    Files.write(REPORT, lines);
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.agent.export.Scenarios#all")
  void everySpanIsAccountedFor(Scenario scenario) throws Exception {
    int before = Files.readAllLines(log).size();
    try (ScriptedServer server = server(scenario)) {
      Recorder recorder = new Recorder(sender(scenario, server));
      ExporterSettings settings =
          new ExporterSettings(
              512,
              Pipeline.HOUR,
              TimeUnit.MILLISECONDS.toNanos(scenario.attemptMillis),
              scenario.policy());
      try (Pipeline pipeline = new Pipeline(2048, settings, recorder).start()) {
        soon().until(pipeline.exporter::running);
        pipeline.record(Scenario.SPANS);

        assertThat(pipeline.exporter.flush(TimeUnit.SECONDS.toNanos(60))).isTrue();

        TABLE.add(row(scenario, server, recorder, pipeline.ledger));
        assertOutcome(scenario, server, recorder, pipeline.ledger);
        soon().untilAsserted(() -> assertLogged(scenario, before));
        Files.readAllLines(log).stream()
            .skip(before)
            .filter(line -> line.contains(" fails because "))
            .forEach(line -> EXPLANATIONS.add("* " + scenario + ": `" + line + "`"));
      }
    }
  }

  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5));
  }

  private static void assertOutcome(
      Scenario scenario, ScriptedServer server, Recorder recorder, SpanLedger ledger) {
    assertThat(recorder.results.get(0)).matches("(" + scenario.first + ").*");
    // A server that is asked to say nothing may notice a request later than its client gives it up.
    soon()
        .untilAsserted(
            () -> assertThat(server.requests()).as("requests seen").isEqualTo(scenario.requests));
    assertThat(ledger.exported()).as("exported").isEqualTo(scenario.exported);
    assertThat(ledger.rejected()).as("rejected").isEqualTo(scenario.rejected);
    int lost = scenario.lost == null ? 0 : Scenario.SPANS;
    assertThat(ledger.dropped()).as("dropped").isEqualTo(lost);
    if (scenario.lost != null) {
      assertThat(ledger.dropped(scenario.lost)).as("%s", scenario.lost).isEqualTo(lost);
    }
    assertThat(ledger.inflight()).isZero();
    assertThat(ledger.accounted()).isEqualTo(ledger.started()).isEqualTo(Scenario.SPANS);
  }

  private static void assertLogged(Scenario scenario, int before) throws IOException {
    List<String> all = Files.readAllLines(log);
    List<String> lines = all.subList(before, all.size());
    for (String expected : scenario.logged) {
      Pattern pattern = Pattern.compile(expected);
      assertThat(lines).as(expected).anyMatch(line -> pattern.matcher(line).find());
    }
    assertThat(lines).noneMatch(line -> line.contains("secret-value"));
    assertThat(lines)
        .as("warnings and errors")
        .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
        .hasSizeLessThanOrEqualTo(4);
  }

  private static String row(
      Scenario scenario, ScriptedServer server, Recorder recorder, SpanLedger ledger) {
    String drops = "0";
    for (DropReason reason : DropReason.values()) {
      if (ledger.dropped(reason) > 0) {
        drops = ledger.dropped(reason) + " " + reason.label();
      }
    }
    return String.join(
        " | ",
        "| " + scenario,
        recorder.results.get(0),
        Integer.toString(server.requests()),
        Long.toString(ledger.started()),
        Long.toString(ledger.exported()),
        Long.toString(ledger.rejected()),
        drops,
        ledger.onDisk() + " |");
  }

  private static ScriptedServer server(Scenario scenario) throws Exception {
    ScriptedServer server = new ScriptedServer(scenario.serverSpeaksHttp2, scenario.replies);
    if (scenario.greeting != null) {
      server.greet(scenario.greeting);
    }
    if (!scenario.serverCertificate.isEmpty()) {
      String name = scenario.serverCertificate;
      TlsFiles tls = new TlsFiles(pem("stranger.crt"), pem(name + ".crt"), pem(name + ".key"));
      server.secure(tls.context(), scenario.clientCertificateDemanded);
    }
    return server;
  }

  private static OtlpSender sender(Scenario scenario, ScriptedServer server) throws IOException {
    int port = scenario.absent ? freePort() : server.port();
    String scheme = scenario.secureClient ? "https" : "http";
    SenderSettings settings =
        new SenderSettings(
                CollectorEndpoint.of(scheme + "://127.0.0.1:" + port, true),
                scenario.headers,
                false,
                "1.2.3")
            .with(new TlsFiles(pem(scenario.trusted + ".crt"), "", ""));
    OtlpSender sender =
        scenario.grpc ? new GrpcSender(settings) : new HttpSender(settings, OtlpSignal::httpPath);
    return new ExplainingSender(sender, new CollectorProbe(settings, scenario.grpc, "/v1/traces"));
  }

  private static String pem(String name) {
    return files.resolve(name).toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Keeps what each attempt came to. */
  private static final class Recorder implements OtlpSender {

    private final OtlpSender sender;
    private final List<String> results = new CopyOnWriteArrayList<>();

    Recorder(OtlpSender sender) {
      this.sender = sender;
    }

    @Override
    public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
      ExportResult result = sender.send(request, deadline);
      String text = result.toString();
      int end = text.indexOf(':');
      results.add(end < 0 ? text : text.substring(0, end));
      return result;
    }

    @Override
    public int activeConnections() {
      return sender.activeConnections();
    }

    @Override
    public String description() {
      return sender.description();
    }

    @Override
    public void close() {
      sender.close();
    }
  }
}
