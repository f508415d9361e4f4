package io.otlpagent.smoke;

import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of a test, with all that it prints. */
final class AgentProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern PORT = Pattern.compile("(?m)^port=(\\d+)$");

  private final JavaProcess process;
  private final Output out;
  private final Output err;

  AgentProcess(JavaCommand command) throws IOException {
    process = command.start();
    out = new Output(process.process().getInputStream());
    err = new Output(process.process().getErrorStream());
  }

  /** A command with the agent that sends to this endpoint, at once, and has time at the exit. */
  static JavaCommand underAgent(JavaHome home, String endpoint) {
    return new JavaCommand(home)
        .option("-javaagent:" + Programs.agent())
        .environment(environment(endpoint));
  }

  static Map<String, String> environment(String endpoint) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("OTEL_SERVICE_NAME", "smoke");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    environment.put("OTEL_BSP_SCHEDULE_DELAY", "200");
    environment.put("OTLP_SERVER_ENABLED", "false");
    environment.put("OTLP_SHUTDOWN_TIMEOUT", "30s");
    return environment;
  }

  long pid() {
    return process.pid();
  }

  JavaProcess process() {
    return process;
  }

  /** The port that the program says it listens on. */
  int awaitPort() {
    await()
        .atMost(PATIENCE)
        .until(() -> PORT.matcher(out.text()).find() || !process.process().isAlive());
    Matcher matcher = PORT.matcher(out.text());
    if (!matcher.find()) {
      throw new IllegalStateException("no port; " + this);
    }
    return Integer.parseInt(matcher.group(1));
  }

  AgentProcess input(String text) throws IOException {
    try (var in = process.process().getOutputStream()) {
      in.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /** Waits until it has ended by itself. */
  AgentProcess awaitEnd() throws InterruptedException {
    if (!process.ends(PATIENCE.toSeconds())) {
      throw new IllegalStateException("does not end; " + this);
    }
    out.join();
    err.join();
    return this;
  }

  int exitCode() {
    return process.process().exitValue();
  }

  String out() {
    return out.text();
  }

  String err() {
    return err.text();
  }

  @Override
  public void close() {
    process.stop();
  }

  @Override
  public String toString() {
    return "standard output:\n" + out() + "\nstandard error:\n" + err();
  }

  /** Reads a stream on a thread of its own. */
  private static final class Output extends Thread {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(InputStream in) {
      super("process-output");
      this.in = in;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try {
        in.transferTo(bytes);
      } catch (IOException e) {
        bytes.writeBytes(("\n" + e).getBytes(StandardCharsets.UTF_8));
      }
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
