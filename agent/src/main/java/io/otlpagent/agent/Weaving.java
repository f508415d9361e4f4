package io.otlpagent.agent;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.LinkCounts;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** What was put into the JVM, and what became of it. Immutable but for the counts. */
final class Weaving {

  final Instrumentation instrumentation;
  final List<InstrumentationModule> modules;
  final TransformCounts transformed;
  final LinkCounts linked;

  /**
   * @param modules those that are enabled
   */
  Weaving(
      Instrumentation instrumentation,
      List<InstrumentationModule> modules,
      TransformCounts transformed,
      LinkCounts linked) {
    this.instrumentation = instrumentation;
    this.modules = modules;
    this.transformed = transformed;
    this.linked = linked;
  }

  /** Classes that call the agent, those included that were woven on a condition and have met it. */
  long classes() {
    return transformed.classesWoven() + linked.confirmed();
  }
}
