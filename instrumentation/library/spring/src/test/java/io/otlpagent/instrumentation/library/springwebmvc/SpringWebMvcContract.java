package io.otlpagent.instrumentation.library.springwebmvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.RawHttp;
import io.otlpagent.instrumentation.testing.server.ServletServer;
import io.otlpagent.instrumentation.trace.SpanKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spring MVC adds to the span of its container: the route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SpringWebMvcContract {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private ServletServer server;

  /** The folders of the libraries, and their names for the servlet API. */
  abstract LibraryClassLoader libraries();

  @BeforeAll
  void startServer() {
    server = ServletServer.tomcat(libraries(), "io.otlpagent.fixture.SpringApplication");
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  private RawHttp get(String path) {
    return RawHttp.send(server.port(), "GET /app" + path + " HTTP/1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "/owners/4?a=1, /app/owners/{id}",
    "/wild/a/b, /app/wild/**",
    "/, /app/",
    "/api/owners/4, /app/api/owners/{id}",
    "/deferred/1, /app/deferred/{id}",
    "/api/deferred/1, /app/api/deferred/{id}",
    "/forward/1, /app/forward/{id}",
  })
  void routeIsThePatternOfTheController(String path, String route) {
    assertThat(get(path).status()).isEqualTo(200);

    RecordedSpan span = spans.takeOne();
    assertThat(span.kind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.name()).isEqualTo("GET " + route);
    assertThat(span.attribute("http.route")).isEqualTo(route);
    assertThat(span.span().failed()).isFalse();
  }

  @Test
  void requestThatNoControllerHandlesHasTheRouteOfTheDispatcher() {
    assertThat(get("/nobody").status()).isEqualTo(404);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/*");
    assertThat(span.attributes())
        .contains(entry("http.response.status_code", 404L), entry("http.route", "/app/*"))
        .doesNotContainKey("error.type");
  }

  @Test
  void requestThatNoControllerBelowAPrefixHandlesHasTheRouteOfItsServlet() {
    assertThat(get("/api/nobody").status()).isEqualTo(404);

    assertThat(spans.takeOne().attribute("http.route")).isEqualTo("/app/api/*");
  }

  @Test
  void exceptionOfAControllerIsThatOfTheRequest() {
    assertThat(get("/throw/1").status()).isEqualTo(500);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/throw/{id}");
    assertThat(span.span().statusMessage()).isEqualTo("thrown by the controller");
    assertThat(span.attributes())
        .contains(
            entry("http.response.status_code", 500L),
            entry("error.type", "java.lang.IllegalStateException"));
  }

  @Test
  void exceptionThatStandsForAStatusIsThatStatus() {
    assertThat(get("/missing/1").status()).isEqualTo(404);

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("GET /app/missing/{id}");
    assertThat(span.span().failed()).isFalse();
  }
}
