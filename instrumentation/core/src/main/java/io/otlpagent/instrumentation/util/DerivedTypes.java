package io.otlpagent.instrumentation.util;

/**
 * Tells classes that libraries derive at run time by their names. They pass calls on to a class
 * that is woven itself, or they are mocks, which must see no call but the test's. Any thread.
 */
public final class DerivedTypes {

  private static final String[] PARTS = {
    "$MockitoMock$",
    "$$EnhancerBy",
    "$$SpringCGLIB$$",
    "$$FastClass",
    "$ByteBuddy$",
    "_$$_jvst",
    "_$$_javassist",
  };

  private DerivedTypes() {}

  /**
   * Whether a class is derived.
   *
   * @param name with dots or with slashes
   */
  public static boolean isDerived(String name) {
    if (name.indexOf('$') < 0) {
      return false;
    }
    for (String part : PARTS) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
