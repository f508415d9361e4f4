package io.otlpagent.bootstrap;

/** The two settings that are needed before there is a configuration. */
final class Switches {

  private Switches() {}

  /** {@code otel.javaagent.enabled}: the kill switch, true unless it says {@code false}. */
  static boolean enabled() {
    return !"false".equalsIgnoreCase(value("otel.javaagent.enabled", "OTEL_JAVAAGENT_ENABLED"))
        && !"true".equalsIgnoreCase(value("otel.sdk.disabled", "OTEL_SDK_DISABLED"));
  }

  /** Whether failures print their stack traces. */
  static boolean debug() {
    return "debug".equalsIgnoreCase(value("otlp.logging.level", "OTLP_LOGGING_LEVEL"))
        || "debug".equalsIgnoreCase(value("otlp.log.level", "OTLP_LOG_LEVEL"))
        || "debug".equalsIgnoreCase(value("otel.log.level", "OTEL_LOG_LEVEL"));
  }

  private static String value(String property, String variable) {
    String value = System.getProperty(property);
    if (value == null || value.isEmpty()) {
      value = System.getenv(variable);
    }
    return value == null ? "" : value.trim();
  }
}
