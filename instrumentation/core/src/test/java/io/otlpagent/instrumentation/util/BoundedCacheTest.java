package io.otlpagent.instrumentation.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BoundedCacheTest {

  private final BoundedCache<Integer, String> cache = new BoundedCache<>(100);

  @Test
  void weightIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "value", 10);
    }

    assertThat(cache.size()).isBetween(10, 22);
  }

  @Test
  void whatIsAskedForStays() {
    cache.put(-1, "kept", 10);
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "value", 10);
      assertThat(cache.get(-1, 10)).isEqualTo("kept");
    }
  }

  @Test
  void absentKeyHasNoValue() {
    assertThat(cache.get(1, 1)).isNull();
  }
}
