package io.otlpagent.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.NamedSpan;
import org.junit.jupiter.api.Test;

class UnsampledRequestsTest {

  private static final long SECOND = 1_000_000_000L;

  private final UnsampledRequests requests = new UnsampledRequests();

  @Test
  void theNewest32AreKept() {
    long now = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      requests.note(span("request " + i), "ratio 0.1", now + i * SECOND);
    }

    assertThat(requests.entries()).hasSize(UnsampledRequests.CAPACITY);
    assertThat(requests.entries().get(0)).hasToString("request 99: ratio 0.1");
    assertThat(requests.entries().get(31)).hasToString("request 68: ratio 0.1");
  }

  @Test
  void aFloodIsNotNoted() {
    long now = System.nanoTime() + SECOND;
    int noted = 0;
    for (int i = 0; i < 1000; i++) {
      noted += requests.note(span("request"), "ratio 0.1", now) ? 1 : 0;
    }

    assertThat(noted).isEqualTo(10);
  }

  private static Span span(String name) {
    return new NamedSpan(name, SpanKind.SERVER);
  }
}
