package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.indy.LinkCounts;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the agent did to the application's classes, and what went wrong. Used by endpoint threads.
 */
public final class WeavingReport {

  private final Supplier<Class<?>[]> loaded;
  private final TransformCounts transformed;
  private final LinkCounts linked;

  /**
   * @param loaded gives the classes of this JVM
   */
  public WeavingReport(
      Supplier<Class<?>[]> loaded, TransformCounts transformed, LinkCounts linked) {
    this.loaded = loaded;
    this.transformed = transformed;
    this.linked = linked;
  }

  /** One tree for each instrumentation that there is. */
  List<Object> instrumentations(AgentConfig config, List<Finding> findings) {
    List<Object> states = new ArrayList<>();
    for (InstrumentationModule module : InstrumentationModules.all()) {
      boolean enabled = config.instrumentation().enabled(module.group(), module.name());
      boolean woven = config.atStart().instrumentation().enabled(module.group(), module.name());
      InstrumentationState state =
          !enabled
              ? InstrumentationState.disabled(module)
              : woven
                  ? InstrumentationState.of(module, transformed, linked)
                  : InstrumentationState.waiting(module);
      states.add(state.toTree());
      Finding finding = state.finding();
      if (finding != null) {
        findings.add(finding);
      }
    }
    return states;
  }

  void addTracers(List<Finding> findings) {
    ApplicationTracers.addFindings(loaded.get(), findings);
  }

  Map<String, Object> errors(List<Finding> findings) {
    if (transformed.classesFailed() > 0) {
      findings.add(
          Finding.warning(
              transformed.classesFailed()
                  + " classes could not be instrumented, completely or in part, and run"
                  + " unchanged",
              "the last one: " + transformed.lastFailure(),
              "please report it, with this line"));
    }
    if (AdviceErrors.adviceErrors() > 0) {
      findings.add(
          Finding.warning(
              AdviceErrors.adviceErrors() + " errors of the agent were suppressed",
              "the last one: " + AdviceErrors.lastError(),
              "please report it, with this line"));
    }
    if (AdviceErrors.postponedLinks() > 0) {
      findings.add(
          Finding.info(
              AdviceErrors.postponedLinks()
                  + " times a call could not be linked for a reason that may pass; spans were missing"
                  + " until a later call was",
              "the last one: " + AdviceErrors.lastPostponedLink(),
              "look for stack overflows, a full heap and class loaders that cannot read"));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("advice_errors", AdviceErrors.adviceErrors());
    tree.put("failed_links", AdviceErrors.failedLinks());
    tree.put("postponed_links", AdviceErrors.postponedLinks());
    tree.put("classes_failed", transformed.classesFailed());
    tree.put("classes_refused", transformed.classesRefused());
    return tree;
  }
}
