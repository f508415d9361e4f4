package io.otlpagent.agent.config;

/**
 * Which settings take effect while the application runs, when the file changes; of {@link
 * AgentConfig#live} some values do. Stateless.
 */
final class LiveKeys {

  /** Paths, or beginnings of paths that end with a dot. */
  private static final String[] LIVE = {
    "enabled",
    "batch.max_size",
    "batch.timeout",
    "otlp.timeout",
    "otlp.retry.",
    "otel.java.exporter.otlp.retry.disabled",
    "logging.level",
    "otel.javaagent.debug",
    "otel.javaagent.logging",
    "propagators",
    "sampling.",
    "instrumentation.",
    "otel.instrumentation.",
    "redaction.",
    "http.",
  };

  private LiveKeys() {}

  static boolean live(String path) {
    if (path.startsWith("instrumentation.exclude_")) {
      // What is woven stays woven.
      return false;
    }
    for (String live : LIVE) {
      if (live.endsWith(".") ? path.startsWith(live) : path.equals(live)) {
        return true;
      }
    }
    return false;
  }
}
