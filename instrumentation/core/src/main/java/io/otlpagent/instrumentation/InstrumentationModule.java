package io.otlpagent.instrumentation;

import java.util.Collections;
import java.util.List;

/**
 * One library: its name, and what to weave in it. A module class names no type of the library; its
 * package is its plugin, and every class of that package is loaded once for each application class
 * loader that has the library.
 */
public abstract class InstrumentationModule {

  private final String name;
  private final String group;

  /**
   * @param group what the settings switch on and off, such as {@code servlet}
   * @param name in kebab-case with the floor version, such as {@code servlet-javax-3.0}
   */
  protected InstrumentationModule(String group, String name) {
    this.group = group;
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public final String group() {
    return group;
  }

  /**
   * The name without its version, such as {@code servlet-javax}: what its {@code
   * InstrumentationScope} is made of.
   */
  public final String scope() {
    int end = name.lastIndexOf('-');
    return end > 0 && Character.isDigit(name.charAt(end + 1)) ? name.substring(0, end) : name;
  }

  /**
   * The package of the module class. Of its name: {@code Class.getPackage()} is null on Java 8 if
   * the class loader defined no package.
   */
  public String plugin() {
    String type = getClass().getName();
    return type.substring(0, type.lastIndexOf('.'));
  }

  /**
   * The setting by which somebody asks for this module, such as {@code jdbc.transactions}; empty if
   * it is woven without being asked for.
   */
  public String option() {
    return "";
  }

  /** Whether it makes spans. What only helps an operator is no instrumentation in reports. */
  public boolean makesSpans() {
    return true;
  }

  /** The rules of this module. Called when the agent is built, and by tests. */
  public abstract List<TypeInstrumentation> types();

  /**
   * Packages of named modules of the JDK that the plugin must reach, as {@code module/package}: the
   * agent opens them to itself before the first class is woven.
   */
  public List<String> opens() {
    return Collections.emptyList();
  }

  @Override
  public final String toString() {
    return name;
  }
}
