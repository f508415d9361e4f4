package io.otlpagent.agent.live;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.ConfigChange;
import io.otlpagent.agent.config.ConfigReload;
import io.otlpagent.agent.config.ConfigWatch;
import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.endpoint.SettingsSource;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.wiring.Senders;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts the settings of a file that has changed in force while the application runs, and says in one
 * line what is different. Runs on the exporter thread; {@link #config} is read by any.
 */
public final class LiveSettings implements Runnable, SettingsSource {

  private final ConfigWatch watch;
  private final ExporterControl exporter;

  // What was woven at start: the rest cannot be switched on without a restart.
  private final AgentConfig atStart;

  private volatile AgentConfig config;
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  public LiveSettings(AgentConfig config, ConfigWatch watch, ExporterControl exporter) {
    this.atStart = config;
    this.config = config;
    this.watch = watch;
    this.exporter = exporter;
    if (config.paused()) {
      exporter.suspend(true);
    }
  }

  /** The settings in force. */
  public AgentConfig config() {
    return config;
  }

  @Override
  public Collection<ConfigSetting> settings() {
    return config.settingsInForce().values();
  }

  /** Whether the operator has switched the agent off for now. */
  boolean paused() {
    return config.paused();
  }

  /** Files that were taken over. */
  long reloads() {
    return reloads.get();
  }

  /** Files that were not. */
  long failures() {
    return failures.get();
  }

  @Override
  public void run() {
    ConfigReload reload = watch.poll();
    if (reload == null) {
      return;
    }
    if (reload.failure() != null) {
      failures.incrementAndGet();
      AgentLog.error(reload.failure());
      return;
    }
    reloads.incrementAndGet();
    AgentConfig before = config;
    config = reload.config();
    // The audit line is to be seen if either level lets it through.
    if (!AgentLog.infoEnabled()) {
      AgentLog.level(reload.config().logging().level());
    }
    report(reload);
    apply(before, reload);
  }

  private void apply(AgentConfig before, ConfigReload reload) {
    AgentConfig after = reload.config();
    if (after.paused() && !before.paused()) {
      Tracer.pause();
      exporter.suspend(true);
    }
    AgentLog.level(after.logging().level());
    TracingSettings.install(after);
    Tracer tracer = Tracer.ending();
    // Not without need: a sampler has a memory.
    if (tracer != null && reload.changesSampling()) {
      tracer.reconfigure(TracingSettings.sampler(after));
    }
    exporter.apply(Senders.exporterSettings(after));
    for (InstrumentationModule module : InstrumentationModules.all()) {
      boolean on = after.instrumentation().enabled(module.group(), module.name());
      InstrumentationScope.of(module.scope()).enable(on);
      if (on && !atStart.instrumentation().enabled(module.group(), module.name())) {
        AgentLog.warn(
            "instrumentation "
                + module.name()
                + " was off when the application started; it needs a restart");
      }
    }
    if (before.paused() && !after.paused()) {
      exporter.suspend(false);
      Tracer.resume();
    }
  }

  /** One line for what is different, and one for what has to wait for a restart. */
  private static void report(ConfigReload reload) {
    List<String> live = new ArrayList<>();
    List<String> later = new ArrayList<>();
    for (ConfigChange change : reload.changes()) {
      (change.live() ? live : later).add(change.toString());
    }
    AgentLog.info(
        "settings changed with the file: "
            + (live.isEmpty() ? "no change takes effect without a restart" : join(live))
            + (reload.overridden().isEmpty()
                ? ""
                : "; without effect, because something stronger sets them: "
                    + join(reload.overridden())));
    if (!later.isEmpty()) {
      AgentLog.warn("these settings have changed and need a restart: " + join(later));
    }
    for (String warning : reload.warnings()) {
      AgentLog.warn(warning);
    }
  }

  private static String join(List<String> parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(text.length() == 0 ? "" : ", ").append(part);
    }
    return text.toString();
  }
}
