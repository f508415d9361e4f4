package io.otlpagent.agent.export.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.ScriptedSender;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class AttemptDeadlineTest {

  private final Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), new ScriptedSender());

  @Test
  void spansThatAreAboutToBeLostEndAnyAttempt() {
    AttemptDeadline deadline = deadline(true);
    assertThat(deadline.remainingNanos()).isPositive();

    pipeline.record(60);

    await().until(() -> deadline.remainingNanos() <= 0);
  }

  @Test
  void oneBatchEndsOnlyAnImpatientAttempt() {
    AttemptDeadline patient = deadline(true);
    AttemptDeadline impatient = deadline(false);

    pipeline.record(10);

    await().until(() -> impatient.remainingNanos() <= 0);
    assertThat(patient.remainingNanos()).isPositive();
  }

  private AttemptDeadline deadline(boolean patient) {
    return new AttemptDeadline(Pipeline.HOUR, new ShutdownBudget(), pipeline.queue, patient);
  }
}
