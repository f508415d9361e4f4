package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the spans, headers and metrics of every HTTP client must be. */
public abstract class HttpClientContract extends HttpClientAttemptsContract {

  @Test
  void requestIsOneSpan() throws Exception {
    Response response = send(Request.get(server.url("/hello?color=blue")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.parentSpanId()).isZero();
    assertThat(span.span().scope().name()).isEqualTo("io.otlpagent." + scope());
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .isEqualTo(
            Map.of(
                "http.request.method",
                "GET",
                "http.response.status_code",
                200L,
                "network.peer.address",
                "127.0.0.1",
                "network.peer.port",
                (long) server.port(),
                "network.protocol.version",
                protocolVersion(),
                "server.address",
                "127.0.0.1",
                "server.port",
                (long) server.port(),
                "url.full",
                server.url("/hello?color=blue")));
  }

  @Test
  void currentSpanIsTheParent() {
    spans.inSpan("parent", () -> sendUnchecked(Request.get(server.url("/hello"))));

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(0).isChildOf(taken.get(1))).isTrue();
    assertThat(taken.get(1).name()).isEqualTo("parent");
  }

  @Test
  void nothingHappensWithoutTracer() throws Exception {
    Tracer.uninstall();

    Response response = send(Request.get(server.url("/hello")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    assertThat(server.received().get(0).header("traceparent")).isNull();
  }

  @Test
  void secretsOfTheUrlAreRedacted() throws Exception {
    String url = server.url("/hello?token=x&color=blue");

    send(Request.get(url));

    assertThat(spans.takeOne().attribute("url.full"))
        .isEqualTo(server.url("/hello?token=REDACTED&color=blue"));
    assertThat(server.received().get(0).pathAndQuery()).isEqualTo("/hello?token=x&color=blue");
  }

  @Test
  void userInfoIsRedacted() throws Exception {
    Request request = Request.get(server.url("/hello").replace("://", "://alice:secret@"));
    if (!acceptsUserInfo()) {
      assertThatThrownBy(() -> send(request)).isNotNull();
      assertThat(server.received()).isEmpty();
      return;
    }

    send(request);

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("url.full"))
        .isEqualTo(server.url("/hello").replace("://", "://" + shownUserInfo()));
    assertThat(span.attribute("server.address")).isEqualTo("127.0.0.1");
  }

  @Test
  void postKeepsItsBody() throws Exception {
    Response response = send(Request.post(server.url("/echo"), "some text"));

    assertThat(response).isEqualTo(new Response(200, "some text"));
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("POST");
    assertThat(span.attribute("http.request.method")).isEqualTo("POST");
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(span));
  }

  @Test
  void statusCode404IsError() throws Exception {
    Response response = send(Request.get(server.url("/status/404")));

    assertThat(response.status()).isEqualTo(404);
    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().statusMessage()).isNull();
    assertThat(span.span().exception()).isNull();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(404L);
    assertThat(span.attribute("error.type")).isEqualTo("404");
  }

  @Test
  void statusCode500IsError() throws Exception {
    Response response = send(Request.get(server.url("/status/500")));

    assertThat(response.status()).isEqualTo(500);
    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("error.type")).isEqualTo("500");
  }

  @Test
  void ipv6AddressHasNoBrackets() throws Exception {
    assumeThat(hasIpv6()).as("IPv6 on this machine").isTrue();
    try (LoopbackServer ipv6 = LoopbackServer.ipv6()) {
      send(Request.get(ipv6.url("/hello")));

      RecordedSpan span = spans.takeOne();
      assertThat(span.attribute("server.address")).isEqualTo("::1");
      assertThat(span.attribute("server.port")).isEqualTo((long) ipv6.port());
      assertThat(span.attribute("url.full")).isEqualTo(ipv6.url("/hello"));
    }
  }

  @Test
  void innerClientIsSilent() {
    ClientCalls outer = new ClientCalls();
    outer.around(() -> sendUnchecked(Request.get(server.url("/hello"))));

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().scope().name()).isEqualTo("io.otlpagent.outer");
    assertThat(server.received().get(0).header("traceparent")).isNull();
  }

  private static boolean hasIpv6() throws IOException {
    return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
  }
}
