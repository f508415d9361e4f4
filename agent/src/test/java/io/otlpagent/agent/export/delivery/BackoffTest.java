package io.otlpagent.agent.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.transport.ExportResult;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final ExportResult BUSY = ExportResult.retryable("unavailable", "busy", 0);
  private static final ExportResult GONE = ExportResult.unreached("connection", "refused");

  @Test
  void theBoundDoublesUpToTheMaximum() {
    RetryPolicy policy = new RetryPolicy(10, 100, 1000, 2.0);
    long[] bounds = {100, 200, 400, 800, 1000, 1000};
    long[] most = new long[bounds.length];
    for (int i = 0; i < 1000; i++) {
      Backoff backoff = new Backoff(policy);
      for (int retry = 0; retry < bounds.length; retry++) {
        most[retry] = Math.max(most[retry], backoff.nextNanos(BUSY));
      }
    }

    for (int retry = 0; retry < bounds.length; retry++) {
      assertThat(most[retry]).isBetween(bounds[retry] * 9 / 10, bounds[retry]);
    }
  }

  @Test
  void theDelayIsAnywhereBelowTheBound() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long delay = new Backoff(new RetryPolicy(10, 1000, 1000, 2.0)).nextNanos(BUSY);
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }

    assertThat(least).isBetween(0L, 200L);
    assertThat(most).isBetween(800L, 1000L);
  }

  @Test
  void theServersDelayIsTheLeast() {
    for (int i = 0; i < 100; i++) {
      assertThat(new Backoff(new RetryPolicy(10, 100, 1000, 2.0)).nextNanos(asking(5000)))
          .isBetween(5000L, 5100L);
    }
  }

  @Test
  void theServersDelayIsWhereTheBoundGoesOnFrom() {
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      Backoff backoff = new Backoff(new RetryPolicy(10, 100, 100_000, 2.0));
      backoff.nextNanos(asking(5000));
      most = Math.max(most, backoff.nextNanos(BUSY));
    }

    assertThat(most).isBetween(9000L, 10_000L);
  }

  @Test
  void aServerCannotStopUsForHours() {
    Backoff backoff = new Backoff(new RetryPolicy(10, 100, 1000, 2.0));

    assertThat(backoff.nextNanos(asking(Long.MAX_VALUE))).isLessThan(200_000_000_000L);
  }

  @Test
  void whoeverCannotBeReachedIsAskedOftenAndNotAllTheTime() {
    long most = 0;
    double sum = 0;
    for (int i = 0; i < 100; i++) {
      Backoff backoff = new Backoff(new RetryPolicy(10, 0, TimeUnit.HOURS.toNanos(1), 10.0));
      sum += backoff.nextNanos(GONE);
      for (int retry = 0; retry < 10; retry++) {
        most = Math.max(most, backoff.nextNanos(GONE));
      }
    }

    assertThat(most).isLessThanOrEqualTo(TimeUnit.SECONDS.toNanos(5));
    assertThat(sum / 100).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
  }

  private static ExportResult asking(long nanos) {
    return ExportResult.retryable("unavailable", "busy", nanos);
  }
}
