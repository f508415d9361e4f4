package io.otlpagent.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class LastWordsTest {

  @Test
  void theyAreWaitedFor() throws InterruptedException {
    AtomicBoolean said = new AtomicBoolean();

    LastWords.say(() -> said.set(true), 60_000_000_000L);

    assertThat(said).isTrue();
  }

  @Test
  void whoeverDoesNotListenIsNotWaitedForLongerThanTheBudget() throws InterruptedException {
    CountDownLatch listening = new CountDownLatch(1);
    AtomicBoolean said = new AtomicBoolean();

    LastWords.say(
        () -> {
          try {
            listening.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          said.set(true);
        },
        0);

    assertThat(said).isFalse();
    listening.countDown();
  }
}
