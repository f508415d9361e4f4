package io.otlpagent.agent.live;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.LinkCounts;
import io.otlpagent.instrumentation.transform.TransformCounts;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** What was put into the JVM, and what became of it. Immutable but for the counts. */
public final class Weaving {

  public final Instrumentation instrumentation;
  final List<InstrumentationModule> modules;
  public final TransformCounts transformed;
  public final LinkCounts linked;

  /**
   * @param modules those that are enabled
   */
  public Weaving(
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
  public long classes() {
    return transformed.classesWoven() + linked.confirmed();
  }
}
