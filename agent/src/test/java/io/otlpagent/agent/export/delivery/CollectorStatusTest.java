package io.otlpagent.agent.export.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CollectorStatusTest {

  private static final long NOW = 1_000_000;

  @Test
  void failureSaysNothingAfterSomeSeconds() {
    CollectorStatus failed = new CollectorStatus(CollectorStatus.State.FAILED, "refused", NOW);

    assertThat(failed.reachable(NOW)).isFalse();
    assertThat(failed.reachable(NOW + 9_999)).isFalse();
    assertThat(failed.reachable(NOW + 10_000)).isNull();
  }

  @Test
  void failureInTheFutureSaysNothing() {
    CollectorStatus failed = new CollectorStatus(CollectorStatus.State.FAILED, "refused", NOW);

    assertThat(failed.reachable(NOW - 1)).isNull();
  }

  @Test
  void successLastsAndNothingIsKnownBeforeTheFirstExport() {
    CollectorStatus ok = new CollectorStatus(CollectorStatus.State.OK, "", NOW);

    assertThat(ok.reachable(NOW + 86_400_000)).isTrue();
    assertThat(CollectorStatus.UNKNOWN.reachable(NOW)).isNull();
  }
}
