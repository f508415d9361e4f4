package io.otlpagent.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.receiver.ReceivedSpan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller that has another tracer: a request continues its trace, and so does the next one. */
final class PropagatorsIT {

  private static final String TRACE = "5759e988bd862e3fe1be46a994272793";
  private static final String CALLER = "53995c3f42cd8ad8";

  @ParameterizedTest
  @CsvSource({
    "xray, 'X-Amzn-Trace-Id=Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8'",
    "'jaeger,xray', uber-trace-id=5759e988bd862e3fe1be46a994272793:53995c3f42cd8ad8:0:1",
    "b3multi, X-B3-TraceId=5759e988bd862e3fe1be46a994272793 X-B3-SpanId=53995c3f42cd8ad8",
  })
  void requestIsTheChildOfItsCaller(String propagators, String headers) throws Exception {
    assertContinued(propagators, headers, TRACE);
  }

  @ParameterizedTest
  @CsvSource({
    "ottrace, ot-tracer-traceid=e1be46a994272793 ot-tracer-spanid=53995c3f42cd8ad8",
  })
  void halfATraceIdIsOneWithZerosInFront(String propagators, String headers) throws Exception {
    assertContinued(propagators, headers, "0".repeat(16) + TRACE.substring(16));
  }

  private static void assertContinued(String propagators, String headers, String trace)
      throws IOException, InterruptedException {
    JavaHome home = Jdks.from17().get(0);
    List<Path> libraries = Programs.server("tomcat-10.1");
    String classPath = Programs.compile("servers/tomcat", "propagators", 11, false, libraries);
    try (Receiver receiver = new Receiver();
        AgentProcess process =
            new AgentProcess(
                AgentProcess.underAgent(home, receiver.endpoint())
                    .environment(Map.of("OTEL_PROPAGATORS", propagators))
                    .program("-cp", classPath, "TomcatServer", "/call", "/hello"))) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.awaitPort() + "/call"));
      for (String header : headers.split(" ", -1)) {
        int equals = header.indexOf('=');
        request.header(header.substring(0, equals), header.substring(equals + 1));
      }

      int status =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();

      assertThat(status).isEqualTo(200);
      await().untilAsserted(() -> assertThat(receiver.store().spans()).hasSize(3));
      List<ReceivedSpan> spans = receiver.store().spans();
      assertThat(spans).extracting(ReceivedSpan::traceId).containsOnly(trace);
      ReceivedSpan called = named(spans, "SERVER GET /call");
      ReceivedSpan call = named(spans, "CLIENT GET");
      assertThat(called.parentId()).isEqualTo(CALLER);
      assertThat(call.parentId()).isEqualTo(called.id());
      assertThat(named(spans, "SERVER GET /hello").parentId()).isEqualTo(call.id());
    }
  }

  private static ReceivedSpan named(List<ReceivedSpan> spans, String kindAndName) {
    return spans.stream()
        .filter(span -> (span.kind() + " " + span.name()).equals(kindAndName))
        .findFirst()
        .orElseThrow();
  }
}
