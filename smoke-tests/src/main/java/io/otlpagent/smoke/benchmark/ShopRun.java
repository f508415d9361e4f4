package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import io.otlpagent.smoke.process.ProcStat;
import io.otlpagent.smoke.receiver.OtlpReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One fresh JVM with the shop, started and waited for until it answers its first request; with the
 * receiver that its agent sends to.
 */
final class ShopRun implements AutoCloseable {

  static final String FIRST_REQUEST = "/products";
  static final int EXPORT_DELAY_MILLIS = 1000;

  private final JavaHome home;
  private final OtlpReceiver receiver;
  private final String endpoint;
  private final JavaProcess process;
  private final Path output;
  private final int port;
  private final int agentPort;
  private final double secondsToFirst200;
  private final double cpuSecondsAtFirst200;

  ShopRun(Settings settings, JavaHome home, Variant variant, List<String> options)
      throws IOException, InterruptedException {
    this(settings, home, variant, options, null);
  }

  /** Our agent with another collector than the receiver, which then gets nothing. */
  static ShopRun exportingTo(String endpoint, Settings settings, JavaHome home)
      throws IOException, InterruptedException {
    return new ShopRun(settings, home, Variant.OTLP_AGENT, List.of(), endpoint);
  }

  private ShopRun(
      Settings settings,
      JavaHome home,
      Variant variant,
      List<String> options,
      @Nullable String other)
      throws IOException, InterruptedException {
    this.home = home;
    this.receiver = OtlpReceiver.counting();
    this.endpoint = other == null ? receiver.endpoint() : other;
    this.port = Http.freePort();
    this.agentPort = Http.freePort();
    this.output =
        Files.createDirectories(settings.folder())
            .resolve(variant.name() + (other == null ? "" : "-other") + ".log");
    JavaCommand command =
        new JavaCommand(home)
            .options(agentOption(settings, variant))
            .option("-Xmx512m")
            .options(options)
            .environment(environment(variant))
            .program("-jar", settings.shop().toString(), "--server.port=" + port);
    long start = System.nanoTime();
    this.process = command.start(output);
    try {
      Http.awaitStatus(port, FIRST_REQUEST, 200, process);
    } catch (IOException e) {
      close();
      throw new IOException(Files.readString(output), e);
    }
    this.secondsToFirst200 = (System.nanoTime() - start) / 1e9;
    this.cpuSecondsAtFirst200 = stat().cpuSeconds();
  }

  double secondsToFirst200() {
    return secondsToFirst200;
  }

  double cpuSecondsAtFirst200() {
    return cpuSecondsAtFirst200;
  }

  JavaHome home() {
    return home;
  }

  long pid() {
    return process.pid();
  }

  ProcStat stat() {
    return new ProcStat(process.pid());
  }

  int port() {
    return port;
  }

  /** Where our agent's own endpoint listens. */
  int agentPort() {
    return agentPort;
  }

  OtlpReceiver receiver() {
    return receiver;
  }

  /** What the process has printed so far. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until no more spans come; as long without an agent, so that all runs are alike. */
  void awaitDelivery() throws InterruptedException {
    long before;
    do {
      before = receiver.spanCount();
      Thread.sleep(EXPORT_DELAY_MILLIS * 5 / 2);
    } while (receiver.spanCount() != before);
  }

  @Override
  public void close() {
    process.stop();
    receiver.close();
  }

  private static List<String> agentOption(Settings settings, Variant variant) {
    Path agent = settings.agent(variant);
    return agent == null ? List.of() : List.of("-javaagent:" + agent);
  }

  /** The same for every variant, and traces only: ours keeps metrics for those who ask for them. */
  private Map<String, String> environment(Variant variant) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("OTEL_SERVICE_NAME", "shop");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    if (variant == Variant.OPENTELEMETRY) {
      environment.put("OTEL_METRICS_EXPORTER", "none");
      environment.put("OTEL_LOGS_EXPORTER", "none");
    }
    environment.put("OTEL_BSP_SCHEDULE_DELAY", Integer.toString(EXPORT_DELAY_MILLIS));
    environment.put("OTLP_SERVER_PORT", Integer.toString(agentPort));
    return environment;
  }
}
