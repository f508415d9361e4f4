package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.util.DerivedTypes;

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

  private IgnoredTypes() {}

  /** Whether a class of an application's loader with that name is passed over. */
  static boolean ignored(String internalName) {
    char first = internalName.charAt(0);
    for (String prefix : PREFIXES) {
      if (prefix.charAt(0) == first && internalName.startsWith(prefix)) {
        return true;
      }
    }
    return DerivedTypes.isDerived(internalName);
  }
}
