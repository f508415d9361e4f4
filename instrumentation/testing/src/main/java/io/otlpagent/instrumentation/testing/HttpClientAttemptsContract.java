package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What every HTTP client must do about attempts: redirects, failures, proxies, a caller who gives
 * up.
 */
public abstract class HttpClientAttemptsContract extends HttpClientHeadersContract {

  @Test
  void redirectIsASecondSpan() throws Exception {
    Response response = send(Request.get(server.url("/redirect/hello")));

    assertThat(response).isEqualTo(new Response(200, "hello"));
    List<RecordedSpan> taken = spans.take(2);
    RecordedSpan first = taken.get(0);
    RecordedSpan second = taken.get(1);
    assertThat(first.attribute("http.response.status_code")).isEqualTo(302L);
    assertThat(first.attribute("http.request.resend_count")).isNull();
    assertThat(first.attribute("url.full")).isEqualTo(server.url("/redirect/hello"));
    assertThat(first.span().failed()).isFalse();
    assertThat(second.attribute("http.response.status_code")).isEqualTo(200L);
    assertThat(second.attribute("http.request.resend_count")).isEqualTo(1L);
    assertThat(second.attribute("url.full")).isEqualTo(server.url("/hello"));
    assertThat(server.received().get(0).header("traceparent")).isEqualTo(traceparent(first));
    assertThat(server.received().get(1).header("traceparent")).isEqualTo(traceparent(second));
    assertThat(second.span().startEpochNanos())
        .isGreaterThanOrEqualTo(first.span().endEpochNanos());
  }

  @Test
  void attemptsAreSiblings() {
    spans.inSpan("parent", () -> sendUnchecked(Request.get(server.url("/redirect/hello"))));

    List<RecordedSpan> taken = spans.take(3);
    assertThat(taken.get(0).isChildOf(taken.get(2))).isTrue();
    assertThat(taken.get(1).isChildOf(taken.get(2))).isTrue();
  }

  @Test
  void redirectToNowhereIsASecondFailure() throws Exception {
    int port = unusedPort();
    try (RawServer redirecting =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(
                  socket,
                  "HTTP/1.1 302 Found",
                  "Location: http://127.0.0.1:" + port + "/",
                  "Content-Length: 0",
                  "Connection: close");
            })) {
      assertThatThrownBy(() -> send(Request.get(redirecting.url("/")))).isNotNull();
    }

    List<RecordedSpan> taken = spans.take(1 + connectAttempts());
    assertThat(taken.get(0).attribute("http.response.status_code")).isEqualTo(302L);
    assertThat(taken.get(1).attribute("error.type")).isEqualTo(refusedType());
    assertThat(taken.get(1).attribute("server.port")).isEqualTo((long) port);
    assertThat(taken.get(1).attribute("http.request.resend_count")).isEqualTo(1L);
  }

  @Test
  void unknownHostIsError() {
    assertThatThrownBy(() -> send(Request.get("http://host.invalid/"))).isNotNull();

    for (RecordedSpan span : spans.take(connectAttempts())) {
      assertThat(span.attribute("error.type")).isEqualTo(unknownHostType());
      assertThat(span.attribute("server.address")).isEqualTo("host.invalid");
      assertThat(span.attribute("server.port")).isEqualTo(80L);
      assertThat(span.attribute("network.peer.address")).isNull();
    }
  }

  @Test
  void resetConnectionIsError() throws Exception {
    try (RawServer resetting = RawServer.resetting()) {
      assertThatThrownBy(() -> send(Request.post(resetting.url("/"), "x"))).isNotNull();

      // A client may try again; each attempt on the wire is a span.
      List<RecordedSpan> taken = spans.take(resetting.connections());
      for (RecordedSpan span : taken) {
        assertThat(span.span().failed()).isTrue();
        assertThat(span.attribute("http.response.status_code")).isNull();
      }
      RecordedSpan last = taken.get(taken.size() - 1);
      assertThat((String) last.attribute("error.type"))
          .isIn("java.net.SocketException", "java.io.IOException");
      assertCarried(resetting, taken);
    }
  }

  @Test
  void timeoutIsError() {
    assertThatThrownBy(() -> sendImpatiently(Request.get(server.url("/silent")))).isNotNull();

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("error.type")).isEqualTo(timeoutType());
    assertThat(span.attribute("http.response.status_code")).isNull();
  }

  @Test
  void reusedConnectionCarriesEachSpan() throws Exception {
    send(Request.get(server.url("/hello")));
    send(Request.get(server.url("/hello")));

    List<RecordedSpan> taken = spans.take(2);
    List<LoopbackServer.Received> received = server.received();
    assertThat(received.get(0).client()).isEqualTo(received.get(1).client());
    assertThat(received.get(0).header("traceparent")).isEqualTo(traceparent(taken.get(0)));
    assertThat(received.get(1).header("traceparent")).isEqualTo(traceparent(taken.get(1)));
    assertThat(taken).allSatisfy(span -> assertThat(span.parentSpanId()).isZero());
    assertThat(taken)
        .allSatisfy(span -> assertThat(span.attribute("http.request.resend_count")).isNull());
  }

  @Test
  void lostConnectionIsAFailureBeforeTheSecondSpan() throws Exception {
    try (RawServer closing =
        new RawServer(
            (self, number, socket) -> {
              // A client repeats a request if its connection was used before.
              for (int i = 0; i < 2; i++) {
                self.readHeaders(socket);
                if (number == 0 && i == 1) {
                  return;
                }
                self.write(socket, "HTTP/1.1 200 OK", "Content-Length: 0");
              }
            })) {
      send(Request.get(closing.url("/")));
      send(Request.get(closing.url("/")));

      List<RecordedSpan> taken = spans.take(3);
      assertThat(taken.get(0).span().failed()).isFalse();
      assertThat(taken.get(1).attribute("error.type")).isEqualTo(lostConnectionType());
      assertThat(taken.get(1).attribute("http.request.resend_count")).isNull();
      assertThat(taken.get(2).span().failed()).isFalse();
      assertThat(taken.get(2).attribute("http.request.resend_count")).isEqualTo(1L);
      assertCarried(closing, taken);
    }
  }

  @Test
  void plainRequestThroughAProxyIsOneSpan() throws Exception {
    try (RawServer proxy =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(socket, "HTTP/1.1 200 OK", "Content-Length: 0");
            })) {
      assertThat(sendThroughProxy(Request.get("http://host.invalid/a?b"), proxy.port()))
          .isEqualTo(200);

      RecordedSpan span = spans.takeOne();
      assertThat(span.attribute("server.address")).isEqualTo("host.invalid");
      assertThat(span.attribute("server.port")).isEqualTo(80L);
      assertThat(span.attribute("url.full")).isEqualTo("http://host.invalid/a?b");
      assertThat(span.attribute("network.peer.port")).isEqualTo((long) proxy.port());
      assertThat(proxy.requests().get(0)).startsWith("GET http://host.invalid/a?b ");
      assertCarried(proxy, List.of(span));
    }
  }

  @Test
  void refusedTunnelIsAnErrorAndNoSpanOfItsOwn() throws Exception {
    try (RawServer proxy =
        new RawServer(
            (self, number, socket) -> {
              self.readHeaders(socket);
              self.write(socket, "HTTP/1.1 502 Bad Gateway", "Content-Length: 0");
            })) {
      try {
        assertThat(sendThroughProxy(Request.get("https://host.invalid/"), proxy.port()))
            .isEqualTo(502);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("502");
      }

      RecordedSpan span = spans.takeOne();
      assertThat(span.name()).isEqualTo("GET");
      assertThat(span.attribute("error.type")).isEqualTo(refusedTunnelType());
      assertThat(span.attribute("server.address")).isEqualTo("host.invalid");
      assertThat(span.attribute("server.port")).isEqualTo(443L);
      assertThat(proxy.requests())
          .isNotEmpty()
          .allSatisfy(
              headers ->
                  assertThat(headers)
                      .startsWith("CONNECT host.invalid:443 ")
                      .doesNotContainIgnoringCase("traceparent"));
    }
  }

  @Test
  void requestThatIsGivenUpIsOneSpan() throws Exception {
    Runnable cancel = sendToCancel(Request.get(server.url("/silent")));
    await().until(() -> server.received().size() == 1);

    cancel.run();

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isEqualTo(cancelledType() != null);
    assertThat(span.attribute("error.type")).isEqualTo(cancelledType());
    assertThat(span.attribute("http.response.status_code")).isNull();
  }

  private static void assertCarried(RawServer server, List<RecordedSpan> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(server.requests().get(i).toLowerCase(Locale.ROOT))
          .contains("traceparent: " + traceparent(expected.get(i)));
    }
  }
}
