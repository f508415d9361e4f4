package io.otlpagent.instrumentation.transform;

/**
 * Names that no hierarchy rule is asked about: the JDK and its proxies, classes that are derived at
 * run time, the agent, other agents, and languages' run-time libraries. A rule that names a class
 * exactly is not concerned.
 */
final class IgnoredTypes {

  private static final String[] PREFIXES = {
    "java/",
    "jdk/",
    "sun/",
    "com/sun/proxy/",
    "io/otlpagent/agent/",
    "io/otlpagent/bootstrap/",
    "io/otlpagent/instrumentation/",
    "io/otlpagent/shaded/",
    "io/opentelemetry/javaagent/",
    "datadog/",
    "co/elastic/apm/",
    "com/newrelic/",
  };

  /**
   * In the names of classes that libraries derive at run time. They pass calls on to a class that
   * is woven itself, or they are mocks, which must see no call but the test's.
   */
  private static final String[] GENERATED = {
    "$MockitoMock$",
    "$$EnhancerBy",
    "$$SpringCGLIB$$",
    "$$FastClass",
    "$ByteBuddy$",
    "_$$_jvst",
    "_$$_javassist",
  };

  private IgnoredTypes() {}

  /** Whether a class of an application's loader with that name is passed over. */
  static boolean ignored(String internalName) {
    char first = internalName.charAt(0);
    for (String prefix : PREFIXES) {
      if (prefix.charAt(0) == first && internalName.startsWith(prefix)) {
        return true;
      }
    }
    return internalName.indexOf('$') >= 0 && isGenerated(internalName);
  }

  private static boolean isGenerated(String internalName) {
    for (String part : GENERATED) {
      if (internalName.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
