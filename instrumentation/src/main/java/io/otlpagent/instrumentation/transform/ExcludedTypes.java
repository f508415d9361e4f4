package io.otlpagent.instrumentation.transform;

import java.util.ArrayList;
import java.util.List;

/** Classes that the operator wants left as they are. Immutable; any thread. */
public final class ExcludedTypes {

  /** Excludes nothing. */
  public static final ExcludedTypes NONE = new ExcludedTypes(new ArrayList<>());

  private final String[] names;
  private final String[] prefixes;

  /**
   * @param patterns binary names; a star at the end stands for anything, also for parts of packages
   */
  public ExcludedTypes(List<String> patterns) {
    List<String> whole = new ArrayList<>();
    List<String> begun = new ArrayList<>();
    for (String pattern : patterns) {
      String internal = pattern.replace('.', '/');
      if (internal.endsWith("*")) {
        begun.add(internal.substring(0, internal.length() - 1));
      } else {
        whole.add(internal);
      }
    }
    names = whole.toArray(new String[0]);
    prefixes = begun.toArray(new String[0]);
  }

  /** Whether a class is excluded, by its name with slashes. */
  boolean contains(String internalName) {
    for (String prefix : prefixes) {
      if (internalName.startsWith(prefix)) {
        return true;
      }
    }
    for (String name : names) {
      if (name.equals(internalName)) {
        return true;
      }
    }
    return false;
  }
}
