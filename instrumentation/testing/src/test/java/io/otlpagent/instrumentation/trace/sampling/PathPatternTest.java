package io.otlpagent.instrumentation.trace.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/health, /health",
    "/health, /health;jsessionid=1",
    "/orders/{id}, /orders/17",
    "/orders/*, /orders/17",
    "/orders/{id}/lines, /orders/17;v=1/lines",
    "/orders/**, /orders",
    "/orders/**, /orders/",
    "/orders/**, /orders/17/lines",
    "/**, /",
    "/**, /anything/at/all",
    "/a/, /a/",
  })
  void matches(String pattern, String path) {
    assertThat(PathPattern.of(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /a",
    "/health, /healthy",
    "/health, /health/",
    "/health, /heal",
    "/health, health",
    "/health, *",
    "/health, ''",
    "/orders/{id}, /orders",
    "/orders/{id}, /orders/",
    "/orders/{id}, /orders/1/2",
    "/orders/{id}/lines, /orders/1/line",
    "/orders/**, /ordersmore",
    "/a/, /a",
  })
  void doesNotMatch(String pattern, String path) {
    assertThat(PathPattern.of(pattern).matches(path)).isFalse();
  }

  @Test
  void aMistakeIsNamed() {
    assertThatThrownBy(() -> PathPattern.of("health")).hasMessageContaining("must start with /");
    assertThatThrownBy(() -> PathPattern.of("/**/x")).hasMessageContaining("only at its end");
    assertThatThrownBy(() -> PathPattern.of("/a*")).hasMessageContaining("'a*' must be");
    assertThatThrownBy(() -> PathPattern.of("/{a}b")).hasMessageContaining("'{a}b' must be");
  }
}
