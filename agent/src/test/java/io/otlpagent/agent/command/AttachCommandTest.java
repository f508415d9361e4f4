package io.otlpagent.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** How long the command waits for an agent that the JVM has loaded. */
class AttachCommandTest {

  private final AtomicInteger questions = new AtomicInteger();

  /** Each question takes ten seconds; the JVM took long before, too. */
  private final LongSupplier clock = () -> TimeUnit.SECONDS.toNanos(1000 + 10L * questions.get());

  @Test
  void agentThatStartsInABusyJvmIsWaitedFor() throws CommandException {
    assertThat(AttachCommand.await(() -> answerAfter(5), "17", clock))
        .containsEntry("otlp.agent.version", "1.2.3");
    assertThat(questions).hasValue(5);
  }

  @Test
  void agentThatDoesNotStartIsSaidNotTo() {
    assertThatThrownBy(() -> AttachCommand.await(() -> answerAfter(100), "17", clock))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("JVM 17 has loaded the agent, which did not start");
    assertThat(questions).hasValueBetween(6, 10);
  }

  private Properties answerAfter(int most) {
    Properties properties = new Properties();
    if (questions.incrementAndGet() >= most) {
      properties.setProperty("otlp.agent.version", "1.2.3");
    }
    return properties;
  }
}
