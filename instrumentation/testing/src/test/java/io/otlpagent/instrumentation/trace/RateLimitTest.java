package io.otlpagent.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
  void aFullBucketIsOneSecondAndFillsEvenly(long start) {
    RateLimit limit = new RateLimit(10, start);

    assertThat(taken(limit, start, 100)).isEqualTo(10);
    assertThat(taken(limit, start + SECOND / 2, 100)).isEqualTo(5);
    assertThat(taken(limit, start + 10 * SECOND, 100)).isEqualTo(10);
  }

  @Test
  void aFractionIsOneInManySeconds() {
    RateLimit limit = new RateLimit(0.1, 0);

    assertThat(taken(limit, 0, 5)).isOne();
    assertThat(taken(limit, 9 * SECOND, 5)).isZero();
    assertThat(taken(limit, 10 * SECOND, 5)).isOne();
  }

  @Test
  void manyThreadsTakeNoMoreThanThereIs() throws Exception {
    RateLimit limit = new RateLimit(1000, 0);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(() -> taken(limit, 0, 1000));
      }

      int sum = 0;
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        sum += task.get();
      }

      assertThat(sum).isEqualTo(1000);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int taken(RateLimit limit, long now, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += limit.tryAcquire(now) ? 1 : 0;
    }
    return taken;
  }
}
