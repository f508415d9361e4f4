package io.otlpagent.smoke;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The shop with its visitors in a situation that the guide speaks of. */
final class GuideScenario implements AutoCloseable {

  private final AgentProcess shop;
  private final Map<String, String> names = new HashMap<>();

  /**
   * Starts it.
   *
   * @param folder for files of its own
   * @param grpc where a collector listens for OTLP over gRPC
   * @param http where it listens for OTLP over HTTP
   */
  GuideScenario(String name, Path folder, int grpc, int http)
      throws IOException, InterruptedException {
    int application = Http.freePort();
    int endpoint = Http.freePort();
    int collector = grpc;
    Map<String, String> environment = new HashMap<>();
    switch (name) {
      case "healthy" -> {
        environment.put("OTLP_ENABLE_PROFILING", "true");
        environment.put("OTLP_HTTP_SERVER_EXPERIMENTAL", "true");
      }
      case "collector-down" -> collector = Http.freePort();
      case "wrong-protocol" -> collector = http;
      case "config-file" -> {
        Path file = Files.writeString(folder.resolve("config.yaml"), "logging: {level: info}\n");
        environment.put("OTLP_CONFIG_FILE", file.toString());
        names.put("CONFIG", file.toString());
      }
      case "unsampled" -> environment.put("OTEL_TRACES_SAMPLER", "always_off");
      case "queue-full" -> {
        collector = Http.freePort();
        environment.put("OTEL_BSP_MAX_QUEUE_SIZE", "16");
        environment.put("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8");
        environment.put("OTLP_RETRY_MAX_ELAPSED", "2s");
        environment.put("OTLP_LOGGING_OUTPUT", folder.resolve("agent.log").toString());
        names.put("LOG", folder.resolve("agent.log").toString());
      }
      default -> throw new IllegalArgumentException("the guide names no scenario " + name);
    }
    environment.put("OTEL_SERVICE_NAME", "shop");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + collector);
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    environment.put("OTLP_SERVER_PORT", Integer.toString(endpoint));
    shop =
        new AgentProcess(
            new JavaCommand(JavaHome.running())
                .option("-javaagent:" + Programs.agent())
                .environment(environment)
                .program("-jar", Programs.shop().toString())
                .program("--server.port=" + application, "--shop.visits-per-second=5"));
    awaitShop(application);
    names.put("JAR", Programs.agent().toString());
    names.put("PID", Long.toString(shop.pid()));
    names.put("APP", "localhost:" + application);
    names.put("AGENT", "localhost:" + endpoint);
    names.put("COLLECTOR", "localhost");
    names.put("GRPC", Integer.toString(collector));
    names.put("HTTP", Integer.toString(http));
  }

  private void awaitShop(int port) throws IOException, InterruptedException {
    try {
      Http.awaitStatus(port, "/products", 200, shop.process());
    } catch (IOException e) {
      shop.close();
      throw new IOException(shop.toString(), e);
    }
  }

  /** What the endpoint of the agent says. */
  String ask(String path) throws IOException {
    String agent = names.get("AGENT");
    return Http.body(Integer.parseInt(agent.substring(agent.indexOf(':') + 1)), path);
  }

  /** Commands of the guide, run by bash in the folder with the names that the guide introduces. */
  ProcessBuilder bash(Path folder, String commands) {
    ProcessBuilder bash =
        new ProcessBuilder("bash", "-euc", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = bash.environment();
    environment.keySet().removeIf(name -> name.matches("(OTEL|OTLP)_.*|.*JAVA(_TOOL)?_OPTIONS"));
    environment.merge(
        "PATH",
        JavaHome.running().path().resolve("bin").toString(),
        (path, jdk) -> jdk + ":" + path);
    environment.putAll(names);
    return bash;
  }

  @Override
  public void close() {
    shop.close();
  }

  @Override
  public String toString() {
    return shop.toString();
  }
}
