package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The same requests to the same servlet, whatever server it runs on. */
final class ServletServerChecks {

  private static final String[] PATHS = {"/hello", "/fail", "/later", "/call", "/pool"};

  private ServletServerChecks() {}

  static void run(JavaHome home, String server, String mainClass, int release, boolean javax)
      throws IOException {
    List<Path> libraries = Programs.server(server);
    String only = mainClass.equals("TomcatServer") ? "servers/tomcat" : "servers/jetty";
    String classPath = Programs.compile(only, server, release, javax, libraries);
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .program("-cp", classPath, mainClass)
                    .program(PATHS))) {
      int port = process.awaitPort();
      assertThat(Http.status(port, "/hello")).isEqualTo(200);
      assertThat(Http.status(port, "/fail")).isEqualTo(500);
      assertThat(Http.status(port, "/later")).isEqualTo(200);
      assertThat(Http.status(port, "/call")).isEqualTo(200);
      assertThat(Http.status(port, "/pool")).isEqualTo(200);

      assertThat(receiver.awaitShapes(5))
          .containsExactly(
              "SERVER GET /call(CLIENT GET(SERVER GET /hello))",
              "SERVER GET /fail",
              "SERVER GET /hello",
              "SERVER GET /later",
              "SERVER GET /pool(CLIENT GET(SERVER GET /hello))");
      receiver.assertSound();
      ReceivedSpan failed = named(receiver, "GET /fail");
      assertThat(failed.error()).isTrue();
      assertThat(failed.attribute("http.response.status_code")).isEqualTo("500");
      assertThat(failed.attribute("error.type")).isNotEmpty();
      ReceivedSpan later = named(receiver, "GET /later");
      assertThat(later.error()).isFalse();
      assertThat(later.attribute("http.response.status_code")).isEqualTo("200");
      // One line at the start; no complaint, and no frame of ours in the application's stack
      // traces.
      assertThat(process.err()).doesNotContain("\tat io.otlpagent", "\"WARN\"", "\"ERROR\"");
    }
  }

  private static ReceivedSpan named(Receiver receiver, String name) {
    return receiver.store().spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
