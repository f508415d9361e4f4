package io.otlpagent.instrumentation;

import java.util.List;

/** A module as the table has it. Immutable. */
final class TableModule extends InstrumentationModule {

  private final ModuleTable table;
  private final String plugin;
  private final String option;
  private final boolean makesSpans;
  private final List<String> opens;
  private final int rules;

  TableModule(ModuleTable table, ModuleTable.Cursor cursor) {
    super(cursor.string(), cursor.string());
    this.table = table;
    this.plugin = cursor.string();
    this.option = cursor.string();
    this.makesSpans = (cursor.flags() & ModuleTable.MAKES_SPANS) != 0;
    this.opens = cursor.strings();
    this.rules = cursor.skip();
  }

  @Override
  public String plugin() {
    return plugin;
  }

  @Override
  public String option() {
    return option;
  }

  @Override
  public boolean makesSpans() {
    return makesSpans;
  }

  @Override
  public List<TypeInstrumentation> types() {
    return table.rules(rules);
  }

  @Override
  public List<String> opens() {
    return opens;
  }
}
