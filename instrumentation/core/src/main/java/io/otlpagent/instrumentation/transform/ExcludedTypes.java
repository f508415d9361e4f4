package io.otlpagent.instrumentation.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes that the operator wants left as they are, by their names or by the class names of the
 * loaders that define them. A loader's children are loaders of their own. Immutable; any thread.
 */
public final class ExcludedTypes {

  /** Excludes nothing. */
  public static final ExcludedTypes NONE =
      new ExcludedTypes(Collections.<String>emptyList(), Collections.<String>emptyList());

  private final String[] names;
  private final String[] prefixes;
  private final String[] loaders;
  private final String[] loaderPrefixes;
  private final boolean byLoader;

  /**
   * @param types binary names of classes; a star at the end stands for anything, also for parts of
   *     packages
   * @param definers binary names of class loaders' classes, in the same form
   */
  public ExcludedTypes(List<String> types, List<String> definers) {
    List<String> internal = new ArrayList<>();
    for (String type : types) {
      internal.add(type.replace('.', '/'));
    }
    names = whole(internal);
    prefixes = begun(internal);
    loaders = whole(definers);
    loaderPrefixes = begun(definers);
    byLoader = !definers.isEmpty();
  }

  private static String[] whole(List<String> patterns) {
    List<String> whole = new ArrayList<>();
    for (String pattern : patterns) {
      if (!isBeginning(pattern)) {
        whole.add(pattern);
      }
    }
    return whole.toArray(new String[0]);
  }

  private static String[] begun(List<String> patterns) {
    List<String> begun = new ArrayList<>();
    for (String pattern : patterns) {
      if (isBeginning(pattern)) {
        boolean star = pattern.endsWith("*");
        begun.add(star ? pattern.substring(0, pattern.length() - 1) : pattern);
      }
    }
    return begun.toArray(new String[0]);
  }

  /** Also a package with the dot behind it, as OpenTelemetry's documents write it. */
  private static boolean isBeginning(String pattern) {
    return pattern.endsWith("*") || pattern.endsWith(".") || pattern.endsWith("/");
  }

  /** Whether a class is excluded, by its name with slashes. */
  boolean contains(String internalName) {
    return matches(internalName, names, prefixes);
  }

  /**
   * Whether all classes are excluded that a loader defines.
   *
   * @param loader null for the bootstrap loader, which has no class and is never excluded
   */
  boolean definedBy(@Nullable ClassLoader loader) {
    return byLoader
        && loader != null
        && matches(loader.getClass().getName(), loaders, loaderPrefixes);
  }

  /** Whether a loaded class is excluded, for one reason or the other. */
  boolean contains(Class<?> loaded) {
    return definedBy(loaded.getClassLoader()) || contains(loaded.getName().replace('.', '/'));
  }

  private static boolean matches(String name, String[] whole, String[] begun) {
    for (String prefix : begun) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    for (String each : whole) {
      if (each.equals(name)) {
        return true;
      }
    }
    return false;
  }
}
