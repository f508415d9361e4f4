package io.otlpagent.instrumentation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A rule for types and the methods to weave in those that it matches. Immutable. */
public final class TypeInstrumentation {

  private final String typeName;
  private final boolean hierarchy;
  private final List<MethodAdvice> methods;

  private TypeInstrumentation(String typeName, boolean hierarchy, MethodAdvice[] methods) {
    this.typeName = typeName;
    this.hierarchy = hierarchy;
    this.methods = Collections.unmodifiableList(Arrays.asList(methods));
  }

  /** The one class of that binary name, such as {@code java.util.concurrent.FutureTask}. */
  public static TypeInstrumentation named(String typeName, MethodAdvice... methods) {
    return new TypeInstrumentation(typeName, false, methods);
  }

  /** Every class (not interface) that extends or implements the type, directly or not. */
  public static TypeInstrumentation subtypesOf(String typeName, MethodAdvice... methods) {
    return new TypeInstrumentation(typeName, true, methods);
  }

  /** The binary name of the class, or of the type at the top of the hierarchy. */
  public String typeName() {
    return typeName;
  }

  public boolean hierarchy() {
    return hierarchy;
  }

  public List<MethodAdvice> methods() {
    return methods;
  }

  @Override
  public String toString() {
    return (hierarchy ? "subtypes of " : "") + typeName + " " + methods;
  }
}
