package io.otlpagent.smoke.demo;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import io.otlpagent.smoke.receiver.CountEndpoint;
import io.otlpagent.smoke.receiver.OtlpReceiver;
import io.otlpagent.smoke.receiver.TracePrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Starts the receiver, then the shop as a JVM of its own with the agent in {@code
 * JAVA_TOOL_OPTIONS}, and prints the traces until somebody presses Ctrl-C or {@code demo.seconds}
 * are over. Runs inside Maven's JVM: its shutdown hook ends the shop, and should that JVM be
 * killed, the shop ends with its standard input.
 *
 * <p>System properties: {@code demo.seconds} (0: until Ctrl-C), {@code demo.port} of the shop
 * (8080), {@code demo.otlp.port} of the receiver (any), {@code demo.visits} a second (3), {@code
 * otlpagent.jar}, {@code shop.jar}.
 */
public final class Demo {

  /** SIGINT and SIGTERM: Ctrl-C goes to every process of the terminal. */
  private static final Set<Integer> ENDED_BY_SIGNAL = Set.of(130, 143);

  private final Path agent;
  private final Path shop;
  private final int port = Integer.getInteger("demo.port", 8080);
  private final int seconds = Integer.getInteger("demo.seconds", 0);
  private boolean stopped;

  private Demo(Path agent, Path shop) {
    this.agent = agent;
    this.shop = shop;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Demo(existing("otlpagent.jar"), existing("shop.jar")).run();
  }

  private void run() throws IOException, InterruptedException {
    try (TracePrinter printer = new TracePrinter(Demo::say);
        OtlpReceiver receiver = new OtlpReceiver(Integer.getInteger("demo.otlp.port", 0), printer);
        CountEndpoint counts = new CountEndpoint(0, receiver);
        JavaProcess process = start(receiver)) {
      Runnable stop = () -> stop(process, printer, receiver);
      Runtime.getRuntime().addShutdownHook(new Thread(stop, "demo-stop"));
      say("shop      http://127.0.0.1:" + port + "/products  (process " + process.pid() + ")");
      say("agent     " + agent);
      say("receiver  " + receiver.endpoint() + "  (OTLP over gRPC)");
      say("received  http://127.0.0.1:" + counts.port() + "/");
      say(seconds > 0 ? "ends by itself after " + seconds + " s" : "Ctrl-C ends it");
      say("");
      boolean endedByItself = seconds > 0 ? process.ends(seconds) : process.ends(Long.MAX_VALUE);
      stop.run();
      if (endedByItself && !ENDED_BY_SIGNAL.contains(process.process().exitValue())) {
        throw new IllegalStateException("the shop ended: " + process.process().exitValue());
      }
    }
  }

  /** Whoever comes second, the main thread or the shutdown hook, waits until it is done. */
  private synchronized void stop(JavaProcess process, TracePrinter printer, OtlpReceiver receiver) {
    if (stopped) {
      return;
    }
    stopped = true;
    process.stop();
    printer.printAll();
    say("received " + receiver.spanCount() + " spans");
  }

  private JavaProcess start(OtlpReceiver receiver) throws IOException {
    return new JavaCommand(JavaHome.running())
        .environment(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:" + agent,
                "OTEL_SERVICE_NAME", "shop",
                "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_BSP_SCHEDULE_DELAY", "1000"))
        .program(
            "-jar",
            shop.toString(),
            "--server.port=" + port,
            "--shop.visits-per-second=" + Integer.getInteger("demo.visits", 3),
            "--shop.stop-with-standard-input=true")
        .startHere();
  }

  private static Path existing(String property) {
    String value = System.getProperty(property, "");
    Path path = Path.of(value).toAbsolutePath().normalize();
    if (value.isEmpty() || !Files.isRegularFile(path)) {
      throw new IllegalStateException("-D" + property + ": no such file: " + path);
    }
    return path;
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
