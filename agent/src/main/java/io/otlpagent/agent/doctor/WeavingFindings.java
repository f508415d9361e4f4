package io.otlpagent.agent.doctor;

import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.util.List;

/** What went wrong between the agent and the application's classes. Stateless. */
final class WeavingFindings {

  private WeavingFindings() {}

  static void add(TransformCounts transformed, List<Finding> findings) {
    if (transformed.classesFailed() > 0) {
      findings.add(
          Finding.warning(
              transformed.classesFailed() + " classes could not be woven and run as they are",
              "the last one: " + transformed.lastFailure(),
              "please report it, with this line"));
    }
    if (AdviceErrors.adviceErrors() > 0) {
      findings.add(
          Finding.warning(
              AdviceErrors.adviceErrors() + " errors in the agent were kept from the application",
              "the last one: " + AdviceErrors.lastError(),
              "please report it; logging.level=debug logs where"));
    }
  }
}
