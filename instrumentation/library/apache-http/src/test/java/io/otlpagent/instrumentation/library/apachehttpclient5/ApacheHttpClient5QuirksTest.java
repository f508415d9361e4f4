package io.otlpagent.instrumentation.library.apachehttpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.BrokenHeaderCapture;
import io.otlpagent.instrumentation.testing.HttpClientCalls.Request;
import io.otlpagent.instrumentation.testing.HttpClientCalls.Response;
import io.otlpagent.instrumentation.testing.LibraryClient;
import io.otlpagent.instrumentation.testing.LoopbackServer;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The minimal client, which has no chain of handlers and sends the application's own request. */
class ApacheHttpClient5QuirksTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final LoopbackServer server = LoopbackServer.http();

  @AfterEach
  void stop() {
    server.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"httpclient-5.0", "httpclient-5.6"})
  void requestOfTheMinimalClientIsOneSpan(String folder) throws Exception {
    try (LibraryClient client = Clients.make(folder, "MinimalApacheHttpClient5")) {
      Response response = client.send(Request.post(server.url("/echo?a=b"), "some text"));

      assertThat(response).isEqualTo(new Response(200, "some text"));
      RecordedSpan span = spans.takeOne();
      assertThat(span.attributes())
          .containsEntry("url.full", server.url("/echo?a=b"))
          .containsEntry("server.port", (long) server.port())
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("network.peer.port", (long) server.port());
      assertThat(server.received().get(0).header("traceparent"))
          .contains(String.format("%016x", span.spanId()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"httpclient-5.0", "httpclient-5.6"})
  void requestOfTheMinimalClientStaysAsItWas(String folder) throws Exception {
    Map<String, List<String>> mine =
        Map.of("traceparent", List.of("mine"), "tracestate", List.of("a=1", "b=2"));
    try (LibraryClient client = Clients.make(folder, "MinimalApacheHttpClient5")) {
      Map<String, List<String>> afterwards =
          client.sendAndReadHeaders(new Request("GET", server.url("/hello"), mine, null));

      assertThat(afterwards).containsAllEntriesOf(mine);
      assertThat(server.received().get(0).headers()).doesNotContainKey("tracestate");
      spans.takeOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"httpclient-5.0", "httpclient-5.6"})
  void requestOfTheMinimalClientStaysAsItWasWhenTheAgentFails(String folder) throws Exception {
    BrokenHeaderCapture.installForClients();
    try (LibraryClient client = Clients.make(folder, "MinimalApacheHttpClient5")) {
      Map<String, List<String>> afterwards =
          client.sendAndReadHeaders(Request.get(server.url("/hello")));

      assertThat(afterwards).doesNotContainKey("traceparent");
      spans.takeAdviceErrors(1);
      assertThat(spans.takeOne().span().failed()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"httpclient-5.0", "httpclient-5.6"})
  void nullInPlaceOfARequestIsTheClientsAffair(String folder) throws Exception {
    try (LibraryClient client = Clients.make(folder, "MinimalApacheHttpClient5")) {
      assertThatThrownBy(() -> client.sendImpatiently(null)).isInstanceOf(RuntimeException.class);
    }
  }
}
