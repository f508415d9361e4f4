package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Attach: what the requests of a running shop notice of it. */
final class AttachBenchmark {

  private static final int SECONDS = 5;

  private final Settings settings;
  private final JavaHome home;

  AttachBenchmark(Settings settings, JavaHome home) {
    this.settings = settings;
    this.home = home;
  }

  /** One fresh JVM. */
  AttachRun run() throws IOException, InterruptedException {
    Path agent = settings.agent(Variant.OTLP_AGENT);
    if (agent == null) {
      throw new IllegalStateException("no agent to attach");
    }
    int port = Http.freePort();
    Path output = Files.createDirectories(settings.folder()).resolve("attach.log");
    JavaCommand command =
        new JavaCommand(home)
            .option("-Xmx512m")
            .program("-jar", settings.shop().toString(), "--server.port=" + port);
    try (JavaProcess process = command.start(output)) {
      Http.awaitStatus(port, "/products/1", 200, process);
      return AttachRun.of(home, agent, process, port, "/products/1", SECONDS);
    }
  }
}
