package io.otlpagent.agent.export.delivery;

import static java.util.concurrent.TimeUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.transport.ExportResult;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OutageTest {

  @Test
  void thePolicyInForceAppliesFromTheNextOutageOn() {
    AtomicReference<RetryPolicy> policy =
        new AtomicReference<>(new RetryPolicy(3, HOURS.toNanos(10), HOURS.toNanos(10), 1.0));
    Outage outage = new Outage(policy::get);

    policy.set(new RetryPolicy(3, 0, 0, 1.0));
    outage.liveAnswered();
    outage.liveFailed(ExportResult.retryable("unavailable", "busy", 0));

    assertThat(outage.liveMayTry(true)).isTrue();
  }
}
