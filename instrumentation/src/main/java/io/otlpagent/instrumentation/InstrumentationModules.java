package io.otlpagent.instrumentation;

import java.util.Arrays;
import java.util.List;

/** The catalog: every instrumentation that the agent has, one line a library. */
public final class InstrumentationModules {

  private InstrumentationModules() {}

  /** All modules, made anew. Called once, at start. */
  public static List<InstrumentationModule> all() {
    return Arrays.asList();
  }
}
