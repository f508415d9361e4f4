package io.otlpagent.agent.live;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Sampler;

/** What the settings mean for tracing, at start and whenever they change. Stateless. */
public final class TracingSettings {

  private TracingSettings() {}

  /** With nowhere to send spans to none is sampled; metrics and propagation go on. */
  public static Sampler sampler(AgentConfig config) {
    return config.tracesExported() ? config.tracing().sampler() : Sampler.ALWAYS_OFF;
  }

  /** Installs what spans hold and which headers carry them on. */
  public static void install(AgentConfig config) {
    SemconvSettings.install(config.instrumentation().semconvSettings());
    Propagation.configure(config.tracing().propagators());
  }
}
