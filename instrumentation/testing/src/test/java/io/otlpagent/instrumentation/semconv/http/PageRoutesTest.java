package io.otlpagent.instrumentation.semconv.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRoutesTest {

  private final PageRoutes pages = new PageRoutes();

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 403, 500})
  void pageThatAnswersIsARoute(int status) {
    assertThat(route("/shop.jsp", status)).isEqualTo("/shop.jsp");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 0})
  void pageThatMayNotExistIsNone(int status) {
    assertThat(route("/shop.jsp", status)).isNull();
  }

  @Test
  void pagesBeyondTheBoundAreNone() {
    for (int i = 0; i < PageRoutes.MAX_PAGES; i++) {
      assertThat(route("/" + i + ".jsp", 200)).isNotNull();
    }

    assertThat(route("/one-more.jsp", 200)).isNull();
    assertThat(route("/499.jsp", 200)).isEqualTo("/499.jsp");
    assertThat(new PageRoutes.Page(new PageRoutes(), "/one-more.jsp").route(200)).isNotNull();
  }

  @Test
  void nameWithoutAnEndIsNone() {
    assertThat(route("/" + "x".repeat(10_000) + ".jsp", 200)).isNull();
  }

  private String route(String route, int status) {
    return new PageRoutes.Page(pages, route).route(status);
  }
}
