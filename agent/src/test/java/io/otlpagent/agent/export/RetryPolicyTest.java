package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private final RetryPolicy policy = new RetryPolicy(10, 100, 1000, 2.0);

  @Test
  void theBoundDoublesUpToTheMaximum() {
    assertThat(policy.boundNanos(0)).isEqualTo(100);
    assertThat(policy.boundNanos(1)).isEqualTo(200);
    assertThat(policy.boundNanos(3)).isEqualTo(800);
    assertThat(policy.boundNanos(4)).isEqualTo(1000);
    assertThat(policy.boundNanos(5000)).isEqualTo(1000);
  }

  @Test
  void theDelayIsAnywhereBelowTheBound() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long delay = policy.delayNanos(4, 0);
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }

    assertThat(least).isBetween(0L, 200L);
    assertThat(most).isBetween(800L, 1000L);
  }

  @Test
  void theServersDelayIsTheLeast() {
    for (int i = 0; i < 100; i++) {
      assertThat(policy.delayNanos(0, 5000)).isBetween(5000L, 5100L);
    }
  }

  @Test
  void aServerCannotStopUsForHours() {
    assertThat(policy.delayNanos(0, Long.MAX_VALUE)).isLessThan(200_000_000_000L);
  }
}
