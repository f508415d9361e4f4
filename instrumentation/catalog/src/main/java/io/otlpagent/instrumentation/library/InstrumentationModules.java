package io.otlpagent.instrumentation.library;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.ModuleTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The catalog: every instrumentation that the agent has. It is a table, which the build makes of
 * the modules that the families name as services.
 */
public final class InstrumentationModules {

  private static final String TABLE = "io/otlpagent/instrumentation/library/modules.table";

  private InstrumentationModules() {}

  /** All that make spans but those that are woven only for who asks for them. */
  public static List<InstrumentationModule> all() {
    return all(Collections.emptySet());
  }

  /**
   * All that make spans.
   *
   * @param options the settings by which somebody asks for more than is woven otherwise
   */
  public static List<InstrumentationModule> all(Set<String> options) {
    List<InstrumentationModule> modules = new ArrayList<>();
    for (InstrumentationModule module : woven(options)) {
      if (module.makesSpans()) {
        modules.add(module);
      }
    }
    return modules;
  }

  /** All that make spans, and what only helps an operator. */
  public static List<InstrumentationModule> woven(Set<String> options) {
    List<InstrumentationModule> modules = new ArrayList<>();
    for (InstrumentationModule module : read()) {
      if (module.option().isEmpty() || options.contains(module.option())) {
        modules.add(module);
      }
    }
    return modules;
  }

  private static List<InstrumentationModule> read() {
    ClassLoader loader = InstrumentationModules.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is missing; Maven makes it");
      }
      return ModuleTable.read(in);
    } catch (IOException e) {
      throw new IllegalStateException(TABLE + " cannot be read", e);
    }
  }
}
