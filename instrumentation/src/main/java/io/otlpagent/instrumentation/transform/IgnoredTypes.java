package io.otlpagent.instrumentation.transform;

/**
 * Names that no hierarchy rule is asked about: the JDK and its proxies, the agent, other agents,
 * and languages' run-time libraries. A rule that names a class exactly is not concerned.
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
    "kotlin/",
    "scala/",
    "groovy/lang/",
    "org/codehaus/groovy/",
    "clojure/",
    "net/bytebuddy/",
    "io/opentelemetry/javaagent/",
    "datadog/",
    "co/elastic/apm/",
    "com/newrelic/",
    "org/jacoco/",
    "com/intellij/rt/",
    "com/yourkit/",
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
    return false;
  }
}
