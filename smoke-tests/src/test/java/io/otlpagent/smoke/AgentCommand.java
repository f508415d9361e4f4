package io.otlpagent.smoke;

import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.util.Map;

/** One run of {@code java -jar otlp-agent.jar}, to its end. */
record AgentCommand(int exitCode, String out, String err) {

  static AgentCommand run(JavaHome home, String... words) throws IOException, InterruptedException {
    return run(home, Map.of(), words);
  }

  static AgentCommand run(JavaHome home, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    JavaCommand command =
        new JavaCommand(home)
            .environment(environment)
            .program("-jar", Programs.agent().toString())
            .program(words);
    try (AgentProcess process = new AgentProcess(command)) {
      process.awaitEnd();
      return new AgentCommand(process.exitCode(), process.out(), process.err());
    }
  }
}
