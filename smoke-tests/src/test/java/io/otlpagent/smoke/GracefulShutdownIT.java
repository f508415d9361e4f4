package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that end while the JVM shuts down are exported, beside one that never does: it is
 * asynchronous and waits for news.
 */
final class GracefulShutdownIT {

  private static final int REQUESTS = 6;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void requestsThatEndAfterTheShutdownBeganArrive(JavaHome home) throws Exception {
    String classPath =
        Programs.compile("graceful", "graceful", 11, false, Programs.server("tomcat-10.1"));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .program("-cp", classPath, "GracefulServer"))) {
      int port = process.awaitPort();
      request(port, "/news");
      for (int i = 1; i <= REQUESTS; i++) {
        request(port, "/slow/" + i);
      }

      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isEqualTo(3);
      assertThat(process.out()).contains("all answered: true");
      assertThat(receiver.store().spans())
          .as("%s", process)
          .extracting(ReceivedSpan::name)
          .filteredOn(name -> name.equals("GET /slow/*"))
          .hasSize(REQUESTS);
      assertThat(process.err()).contains("flushed 6, lost 0; 1 not ended");
      receiver.assertSound();
    }
  }

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void requestsThatEndAfterTheLastExportAreCountedAndSaid(JavaHome home) throws Exception {
    String classPath =
        Programs.compile("graceful", "graceful", 11, false, Programs.server("tomcat-10.1"));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .option("-Dotlp.shutdown.timeout=0")
                    .program("-cp", classPath, "GracefulServer"))) {
      int port = process.awaitPort();
      request(port, "/news");
      for (int i = 1; i <= REQUESTS; i++) {
        request(port, "/slow/" + i);
      }

      process.awaitEnd();

      assertThat(process.exitCode()).as("%s", process).isEqualTo(3);
      assertThat(process.out()).contains("all answered: true");
      assertThat(process.err())
          .contains("lost 0; 7 not ended, lost if they end later (already_shutdown)")
          .contains("spans that ended after the last export and are lost: ");
      receiver.assertSound();
    }
  }

  private static void request(int port, String path) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Http.status(port, path);
              } catch (IOException e) {
                // The JVM is gone before it has answered all.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
