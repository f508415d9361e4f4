package io.otlpagent.agent.config;

import io.otlpagent.agent.config.export.BatchConfig;
import io.otlpagent.agent.config.export.BufferConfig;
import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.config.export.ProxyConfig;
import io.otlpagent.agent.config.export.RetryConfig;
import io.otlpagent.agent.config.tracing.InstrumentationConfig;
import io.otlpagent.agent.config.tracing.ResourceConfig;
import io.otlpagent.agent.config.tracing.SamplingConfig;
import io.otlpagent.agent.config.tracing.SemconvConfig;
import io.otlpagent.agent.config.tracing.TracingConfig;
import io.otlpagent.agent.config.value.ConfigKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The table of all settings. Stateless. */
public final class AllKeys {

  private AllKeys() {}

  /** Every key that there is, in the order of the documentation. */
  public static List<ConfigKey<?>> all() {
    List<ConfigKey<?>> keys = new ArrayList<>(AgentConfig.KEYS);
    keys.addAll(ServerConfig.KEYS);
    keys.addAll(OtlpConfig.KEYS);
    keys.addAll(ProxyConfig.KEYS);
    keys.addAll(RetryConfig.KEYS);
    keys.addAll(MetricsConfig.KEYS);
    keys.addAll(BatchConfig.KEYS);
    keys.addAll(BufferConfig.KEYS);
    keys.addAll(LoggingConfig.KEYS);
    keys.addAll(ResourceConfig.KEYS);
    keys.addAll(TracingConfig.KEYS);
    keys.addAll(SamplingConfig.KEYS);
    keys.addAll(InstrumentationConfig.KEYS);
    keys.addAll(SemconvConfig.KEYS);
    return Collections.unmodifiableList(keys);
  }

  /**
   * Whether a setting takes effect while the application runs; of {@link AgentConfig#live} some
   * values do.
   */
  static boolean live(String path) {
    for (ConfigKey<?> key : all()) {
      if (key.path().equals(path)) {
        return key.isLive();
      }
    }
    // The switch of one library has no key.
    return path.startsWith("otel.instrumentation.");
  }
}
