package io.otlpagent.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedCallTest {

  private static final long LONG_MILLIS = 60_000;

  @Test
  void valuesAndExceptionsComeBack() throws Exception {
    assertThat(BoundedCall.within(LONG_MILLIS, () -> "answer")).isEqualTo("answer");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(
            () ->
                BoundedCall.within(
                    LONG_MILLIS,
                    () -> {
                      throw new IOException("gone");
                    }))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void callThatNeverReturnsIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    try {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(
              () ->
                  BoundedCall.within(
                      10,
                      () -> {
                        never.await();
                        return null;
                      }));
    } finally {
      never.countDown();
    }
  }
}
