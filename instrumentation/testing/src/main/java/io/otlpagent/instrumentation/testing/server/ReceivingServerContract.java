package io.otlpagent.instrumentation.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server adds that is known from where bytes become a request to where they are answered.
 */
public abstract class ReceivingServerContract extends ServletContract {

  @Test
  void malformedRequestLineIsARequest() {
    assertThat(send("GE(T /app/ok HTTP/1.1").status()).isEqualTo(400);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .contains(entry("http.request.method", "_OTHER"), entry("http.response.status_code", 400L))
        .doesNotContainKeys("http.route", "error.type");
  }

  @Test
  void malformedHeaderIsARequest() {
    RawHttp response = send("GET /app/ok HTTP/1.1", "Content-Length: many");

    assertThat(response.status()).isEqualTo(400);
    RecordedSpan span = spans.takeOne();
    assertThat(span.attributes())
        .contains(entry("http.response.status_code", 400L))
        .doesNotContainKey("error.type");
  }

  @Test
  void pathOfNoApplicationIsARequest() {
    assertThat(send("GET /nowhere HTTP/1.1", "Host: shop.example").status()).isEqualTo(404);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET");
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .contains(
            entry("url.path", "/nowhere"),
            entry("url.scheme", "http"),
            entry("server.address", "shop.example"),
            entry("http.response.status_code", 404L))
        .doesNotContainKeys("http.route", "error.type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TRACE /app/ok", "OPTIONS *", "GET /app/parameter?a=%zz", "GET /app/../../x"})
  void statusIsTheOneOnTheWire(String request) {
    RawHttp response = send(request + " HTTP/1.1");

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("http.response.status_code")).isEqualTo((long) response.status());
    assertThat(response.status()).isLessThan(500);
    assertThat(span.span().failed()).isFalse();
    assertThat(span.span().exception()).isNull();
  }

  @Test
  void errorPageIsWithinTheSpan() {
    RawHttp response = get("/status/404");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).contains(String.format("%016x", spans.takeOne().spanId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/async/start", "/async/write"})
  void whatTheContainerCallsIsWithinTheSpan(String path) {
    RawHttp response = get(path);

    RecordedSpan span = spans.takeOne();
    assertThat(response.body()).contains(String.format("%016x", span.spanId()));
    assertThat(span.name()).isEqualTo("GET /app" + path);
  }

  @Test
  void readListenerIsWithinTheSpan() {
    RawHttp response = RawHttp.post(port(), "/app/async/read", "some data");

    RecordedSpan span = spans.takeOne();
    assertThat(response.body()).contains(String.format("%016x", span.spanId()));
    assertThat(span.name()).isEqualTo("POST /app/async/read");
  }

  @Test
  void clientThatGoesAwayIsAnError() {
    RawHttp.sendAndLeave(port(), "GET /app/stream HTTP/1.1");

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/stream");
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().errorType()).endsWith("Exception");
    assertThat(span.attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void requestsOfOneConnectionHaveTheirOwnSpans() {
    RawHttp response =
        send("GET /app/context HTTP/1.1\r\nHost: a\r\n", "GET /app/context HTTP/1.1");

    List<RecordedSpan> both = spans.take(2);
    assertThat(both).extracting(RecordedSpan::traceId).doesNotHaveDuplicates();
    assertThat(both)
        .allSatisfy(
            span -> assertThat(response.body()).contains(String.format("%016x", span.spanId())));
  }
}
