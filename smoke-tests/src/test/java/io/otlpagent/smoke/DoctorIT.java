package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code doctor} says of real JVMs, healthy ones and others. */
final class DoctorIT {

  private final JavaHome home = JavaHome.running();

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.otlpagent.smoke.Jdks#from11")
  void healthyJvmIsHealthy(JavaHome each) throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process = new AgentProcess(waits(underAgent(each, receiver.endpoint())))) {
      process.awaitPort();
      AgentCommand doctor = awaitDoctor(process);

      assertThat(doctor.exitCode()).as("%s", doctor).isZero();
      assertThat(doctor.out())
          .contains("OK      nothing is wrong", "; probe: ok", "executors-8", "applied")
          .contains("Service      smoke  (environment variable OTEL_SERVICE_NAME)");
    }
  }

  @Test
  void collectorThatIsDown() throws Exception {
    String nobody = "http://127.0.0.1:" + Http.freePort();

    assertThat(diagnose(waits(underAgent(home, nobody))))
        .contains("ERROR   nothing accepts connections at 127.0.0.1:", "do:  ");
  }

  @Test
  void httpToTheGrpcPort() throws Exception {
    try (Receiver receiver = new Receiver()) {
      JavaCommand command =
          waits(underAgent(home, receiver.endpoint()))
              .environment(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

      assertThat(diagnose(command))
          .contains("does not speak http/protobuf", "set otlp.protocol=grpc");
    }
  }

  @Test
  void grpcToTheHttpPort() throws Exception {
    HttpServer server = httpServer(200);
    try {
      assertThat(diagnose(waits(underAgent(home, url(server)))))
          .contains("does not speak grpc", "set otlp.protocol=http/protobuf");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void wrongToken() throws Exception {
    HttpServer server = httpServer(401);
    try {
      JavaCommand command =
          waits(underAgent(home, url(server)))
              .environment(
                  Map.of(
                      "OTEL_EXPORTER_OTLP_PROTOCOL",
                      "http/protobuf",
                      "OTEL_EXPORTER_OTLP_HEADERS",
                      "authorization=Bearer%20secret-0815"));

      assertThat(diagnose(command))
          .contains("refuses the credentials", "otlp.headers")
          .doesNotContain("secret-0815");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void settingsAfterTheProgram() throws Exception {
    try (Receiver receiver = new Receiver()) {
      JavaCommand command =
          waits(underAgent(home, receiver.endpoint())).program("-Dotel.service.name=mine");

      assertThat(diagnose(command))
          .contains("ERROR   -Dotel.service.name=... is after the program");
    }
  }

  @Test
  void libraryOfAnUnknownVersion() throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                underAgent(home, receiver.endpoint())
                    .program("-cp", classPath(), "UsesUnknownSpring"))) {
      process.awaitPort();

      assertThat(awaitDoctor(process).out())
          .contains("no spans of spring-webmvc-3.1: this version of the library is not covered")
          .contains("the library has no jakarta/servlet/")
          .contains("spring-webmvc-3.1        version not covered");
    }
  }

  @Test
  void secondAgentAndSettingsOfOtherProducts() throws Exception {
    Path other = agentJar("dd-java-agent.jar");
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                waits(underAgent(home, receiver.endpoint()).option("-javaagent:" + other))
                    .environment(Map.of("DD_SERVICE", "shop")))) {
      process.awaitPort();

      assertThat(awaitDoctor(process).out())
          .contains("WARNING a second agent is loaded: Datadog")
          .contains("INFO    settings of other products' agents are present: DD_SERVICE")
          .contains("set here: service.name for DD_SERVICE");
      assertThat(AgentCommand.run(home, "list").out())
          .containsPattern(process.pid() + " .*otlp-agent \\S+ 127.0.0.1:0, Datadog");
    }
  }

  /** As the OpenTelemetry Operator calls every agent. */
  @Test
  void agentIsOursUnderAnotherName() throws Exception {
    Path renamed = Files.copy(Programs.agent(), folder.resolve("javaagent.jar"));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                waits(new JavaCommand(home).option("-javaagent:" + renamed))
                    .environment(endpointOn(receiver.endpoint())))) {
      process.awaitPort();

      assertThat(awaitDoctor(process).out())
          .contains("OK      nothing is wrong")
          .doesNotContain("another agent", "AppDynamics");
      assertThat(AgentCommand.run(home, "list").out())
          .containsPattern(process.pid() + " .*otlp-agent \\d\\S+ 127.0.0.1:0\\R");
    }
  }

  @Test
  void tracersOfTheApplicationAreNamed() throws Exception {
    StringBuilder classPath = new StringBuilder(classPath());
    Programs.server("tracers").forEach(jar -> classPath.append(File.pathSeparator).append(jar));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                underAgent(home, receiver.endpoint())
                    .program(
                        "-cp",
                        classPath.toString(),
                        "Waits",
                        "load:io.micrometer.tracing.otel.bridge.OtelTracer",
                        "load:io.opentelemetry.instrumentation.spring.autoconfigure"
                            + ".OpenTelemetryAutoConfiguration"))) {
      process.awaitPort();

      assertThat(awaitDoctor(process).out())
          .contains("the application traces itself: Micrometer Tracing with OpenTelemetry")
          .contains("the application traces itself: OpenTelemetry's Spring Boot starter")
          .doesNotContain("Brave");
    }
  }

  @Test
  void nobodyIsAdvisedToAttachWhereThatIsForbidden() throws Exception {
    JavaCommand command =
        waits(new JavaCommand(home).option("-XX:+DisableAttachMechanism"))
            .environment(AgentProcess.environment("http://127.0.0.1:" + Http.freePort()));

    assertThat(diagnose(command))
        .contains("ERROR   there is no otlp-agent in this JVM", "-XX:+DisableAttachMechanism")
        .doesNotContain("otlp-agent.jar attach");
  }

  @Test
  void jarOnTheBootClassPathIsExplained() throws Exception {
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                waits(
                    underAgent(home, receiver.endpoint())
                        .option("-Xbootclasspath/a:" + Programs.agent())))) {
      process.awaitPort();
      process.input("").awaitEnd();

      assertThat(process.exitCode()).isZero();
      assertThat(process.err())
          .contains("not started", "remove it from -Xbootclasspath/a")
          .hasLineCount(1);
    }
  }

  @Test
  void jvmWithoutTheAgent() throws Exception {
    String nobody = "http://127.0.0.1:" + Http.freePort();
    JavaCommand command =
        waits(new JavaCommand(home)).environment(AgentProcess.environment(nobody));

    assertThat(diagnose(command))
        .contains("ERROR   there is no otlp-agent in this JVM", "jar otlp-agent.jar attach ")
        .contains("otlp.endpoint = " + nobody);
  }

  @Test
  void agentThatIsTurnedOff() throws Exception {
    JavaCommand command =
        waits(underAgent(home, "http://127.0.0.1:" + Http.freePort()))
            .environment(Map.of("OTEL_JAVAAGENT_ENABLED", "false"));

    assertThat(diagnose(command)).contains("ERROR   the agent is turned off in this JVM");
  }

  @Test
  void requestsWithoutSpanAreListedWithTheReason() throws Exception {
    String classPath =
        Programs.compile(
            "servers/tomcat", "tomcat-10.1", 11, false, Programs.server("tomcat-10.1"));
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                underAgent(home, receiver.endpoint())
                    .environment(Map.of("OTEL_TRACES_SAMPLER", "always_off"))
                    .program("-cp", classPath, "TomcatServer", "/hello"))) {
      assertThat(Http.status(process.awaitPort(), "/hello")).isEqualTo(200);

      // The request ends, for the server, some time after it is answered.
      await()
          .untilAsserted(
              () ->
                  assertThat(awaitDoctor(process).out())
                      .contains("Last requests without a span", "GET /hello")
                      .contains("the sampler is always_off"));
    }
  }

  @Test
  void agentIsAskedByUrl() throws Exception {
    int port = Http.freePort();
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                waits(underAgent(home, receiver.endpoint()))
                    .environment(Map.of("OTLP_SERVER_PORT", Integer.toString(port))))) {
      process.awaitPort();
      awaitDoctor(process);

      AgentCommand json = AgentCommand.run(home, "doctor", "--json", "http://127.0.0.1:" + port);

      assertThat(json.exitCode()).as("%s", json).isZero();
      assertThat(json.out()).startsWith("{").contains("\"probe\": \"ok\"", "\"findings\": [");
    }
  }

  @Test
  void environmentWithoutAnyJvm() throws Exception {
    String nobody = "http://127.0.0.1:" + Http.freePort();

    AgentCommand doctor = AgentCommand.run(home, AgentProcess.environment(nobody), "doctor");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).contains("nothing accepts connections at ", "service.name = smoke");
  }

  private String diagnose(JavaCommand command) throws IOException, InterruptedException {
    try (AgentProcess process = new AgentProcess(command)) {
      process.awaitPort();
      AgentCommand doctor = awaitDoctor(process);
      assertThat(doctor.exitCode()).as("%s", doctor).isEqualTo(1);
      return doctor.out();
    }
  }

  /** The agent's thread begins its work when the program runs: it may need another moment. */
  private AgentCommand awaitDoctor(AgentProcess process) throws IOException, InterruptedException {
    AgentCommand doctor;
    int attempts = 0;
    do {
      doctor = AgentCommand.run(home, "doctor", Long.toString(process.pid()));
    } while ((doctor.out().contains("does not run") || doctor.out().contains("cannot be asked"))
        && ++attempts < 20);
    return doctor;
  }

  private static JavaCommand underAgent(JavaHome home, String endpoint) {
    return AgentProcess.underAgent(home, endpoint).environment(endpointOn(endpoint));
  }

  private static Map<String, String> endpointOn(String collector) {
    Map<String, String> variables = new HashMap<>(AgentProcess.environment(collector));
    variables.put("OTLP_SERVER_ENABLED", "true");
    variables.put("OTLP_SERVER_PORT", "0");
    return variables;
  }

  private static JavaCommand waits(JavaCommand command) {
    return command.program("-cp", classPath(), "Waits");
  }

  private static String classPath() {
    return Programs.compile("doctor", "doctor", 11, false, List.of());
  }

  private Path agentJar(String name) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), "NoopAgent");
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry("NoopAgent.class"));
      Files.copy(Path.of(classPath(), "NoopAgent.class"), out);
    }
    return jar;
  }

  private static HttpServer httpServer(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
