package io.otlpagent.instrumentation.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a servlet container adds: mappings, dispatches, error pages, asynchronous requests. */
public abstract class ServletContract extends HttpServerContract {

  protected static final String APPLICATION = "io.otlpagent.fixture.ServletApplication";

  @ParameterizedTest
  @CsvSource({
    "/ok, GET /app/ok",
    "/items, GET /app/items/*",
    "/items/1/2, GET /app/items/*",
    "/a/b.do, GET /app/*.do",
    "/nothing/here, GET /app/*",
    "/, GET /app/*",
    "/pages/shop.jsp, GET /app/pages/shop.jsp",
    "/pages/shop.jspx, GET /app/pages/shop.jspx",
    "/missing.jsp, GET /app/*.jsp",
  })
  void routeIsTheMappingOfTheServlet(String path, String name) {
    get(path);

    assertThat(spans.takeOne().name()).isEqualTo(name);
  }

  @Test
  void exceptionIsNotWhatTheApiWrapsItIn() {
    assertThat(get("/throw-wrapped").status()).isEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(span.span().statusMessage()).isEqualTo("within");
  }

  @Test
  void escapedErrorIsAnError() {
    assertThat(get("/throw-error").status()).isEqualTo(500);

    assertThat(spans.takeOne().span().errorType()).isEqualTo("java.lang.NoClassDefFoundError");
  }

  @Test
  void forwardKeepsSpanAndRoute() {
    RawHttp response = get("/forward/context");

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/forward/*");
    assertThat(response.body()).contains(String.format("%016x", span.spanId()));
  }

  @Test
  void exceptionInAForwardIsThatOfTheRequest() {
    get("/forward/throw");

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/forward/*");
    assertThat(span.attributes())
        .contains(
            entry("http.response.status_code", 500L),
            entry("error.type", "java.lang.IllegalStateException"));
  }

  @Test
  void includeKeepsSpanAndRoute() {
    RawHttp response = get("/include");

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/include");
    assertThat(response.body()).contains(String.format("%016x", span.spanId()));
  }

  @ParameterizedTest
  @CsvSource({"/async/complete", "/async/complete-here", "/async/again"})
  void asynchronousRequestEndsWhenItIsComplete(String path) {
    RawHttp response = get(path);

    assertThat(response.body()).contains("done");
    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app" + path);
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void asynchronousRequestHasTheStatusThatItEndedWith() {
    assertThat(get("/async/status").status()).isEqualTo(503);

    assertThat(spans.takeOne().attributes())
        .contains(entry("http.response.status_code", 503L), entry("error.type", "503"));
  }

  @Test
  void asynchronousDispatchGoesOnWithTheSpan() {
    RawHttp response = get("/async/dispatch/context");

    RecordedSpan span = spans.takeOne();
    assertThat(response.body()).contains(String.format("%016x", span.spanId()));
    assertThat(span.name()).isEqualTo("GET /app/async/dispatch/*");
  }

  @Test
  void exceptionInAnAsynchronousDispatchIsThatOfTheRequest() {
    assertThat(get("/async/dispatch/throw").status()).isEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.attributes())
        .contains(
            entry("http.response.status_code", 500L),
            entry("error.type", "java.lang.IllegalStateException"));
    assertThat(span.span().exception()).isNotNull();
  }

  @Test
  void asynchronousTimeoutIsAnError() {
    assertThat(get("/async/timeout").status()).isGreaterThanOrEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/async/timeout");
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(500L);
  }

  @Test
  void applicationThatHandlesAnAsynchronousErrorDecidesTheStatus() {
    assertThat(get("/async/handled-timeout").status()).isEqualTo(202);

    RecordedSpan span = spans.takeOne();
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attribute("http.response.status_code")).isEqualTo(202L);
  }

  @Test
  void requestsAtTheSameTimeKeepToTheirSpans() throws Exception {
    int threads = 4;
    int each = 10;
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < threads * each; i++) {
      String path = i % 2 == 0 ? "/async/dispatch/context" : "/context";
      answers.add(clients.submit(() -> get(path).body()));
    }
    List<String> bodies = new ArrayList<>();
    for (Future<String> answer : answers) {
      bodies.add(answer.get());
    }
    clients.shutdown();

    assertThat(spans.take(threads * each))
        .allSatisfy(
            span ->
                assertThat(bodies)
                    .filteredOn(body -> body.contains(String.format("%016x", span.spanId())))
                    .hasSize(1));
  }

  @Test
  void requestThatAnotherOneReleasesKeepsItsSpan() throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    Future<String> waiting = client.submit(() -> get("/async/park").body());

    String releasing = get("/release").body();

    String waited = waiting.get();
    client.shutdown();
    List<RecordedSpan> both = spans.take(2);
    assertThat(both)
        .extracting(RecordedSpan::name)
        .containsExactlyInAnyOrder("GET /app/async/park", "GET /app/release");
    for (RecordedSpan span : both) {
      String body = span.name().endsWith("park") ? waited : releasing;
      assertThat(body).contains(String.format("%016x", span.spanId()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet-path", "async-started", "status"})
  void requestAfterAHostileOneHasItsOwnSpan(String kind) {
    nextRequestsHaveTheirOwnSpans(kind);
  }

  /** Jetty itself looks through wrappers and causes without an end. */
  protected final void nextRequestsHaveTheirOwnSpans(String kind) {
    // So many that every thread of the server has had one before the others come.
    int count = 30;
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      get("/hostile/" + kind);
    }
    for (int i = 0; i < count; i++) {
      bodies.add(get("/context").body());
    }

    List<RecordedSpan> later = new ArrayList<>(spans.take(2 * count));
    later.removeIf(span -> !span.name().equals("GET /app/context"));
    assertThat(later).hasSize(count);
    assertThat(later).extracting(RecordedSpan::traceId).doesNotHaveDuplicates();
    assertThat(later)
        .allSatisfy(
            span ->
                assertThat(bodies)
                    .filteredOn(body -> body.contains(String.format("%016x", span.spanId())))
                    .hasSize(1));
  }

  @Test
  void requestThatGoesOnInAnotherThreadHasOneSpan() {
    RawHttp response = get("/elsewhere/wait");

    assertThat(response.body()).contains(String.format("%016x", spans.takeOne().spanId()));
  }
}
