package io.otlpagent.agent.config;

import io.otlpagent.agent.config.export.BatchConfig;
import io.otlpagent.agent.config.export.BufferConfig;
import io.otlpagent.agent.config.export.ExporterChoice;
import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.config.tracing.InstrumentationConfig;
import io.otlpagent.agent.config.tracing.ResourceConfig;
import io.otlpagent.agent.config.tracing.TracingConfig;
import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that operators can set. All sources are read before this is made, so it never changes:
 * a file that changes makes another one. Thread-safe, shared by all parts of the agent.
 */
public final class AgentConfig {

  static final ConfigKey<String> FILE =
      ConfigKey.text(
          "config.file",
          "",
          "Path of the file `config.yaml`; unset: no file is read; `OTLP_AGENT_CONFIG` means"
              + " the same",
          "otlp.agent.config");
  static final ConfigKey<String> PROPERTIES_FILE =
      ConfigKey.text(
          "otel.javaagent.configuration-file",
          "",
          "Path of a file of system properties, as OpenTelemetry's agent reads it at start:"
              + " weaker than the environment, stronger than `config.yaml`; unset: no file is"
              + " read");
  private static final ConfigKey<Boolean> AGENT_ENABLED =
      ConfigKey.bool(
          "otel.javaagent.enabled",
          true,
          "Enable the agent; `false` disables it until the next start of the JVM");
  private static final ConfigKey<Boolean> SDK_DISABLED =
      ConfigKey.bool(
          "otel.sdk.disabled",
          false,
          "Disable the agent; `true` disables it until the next start of the JVM");
  private static final ConfigKey<Boolean> ENABLED =
      ConfigKey.bool(
              "enabled",
              true,
              "Enable the agent; `false` in the file stops recording, propagation and export until"
                  + " the file says `true` again, `false` in any other place disables the agent"
                  + " until the next start of the JVM")
          .live();
  private static final ConfigKey<Long> RELOAD_INTERVAL =
      ConfigKey.duration(
          "config.reload_interval",
          "5s",
          "Interval at which the agent checks whether `config.yaml` has changed; 0 disables the"
              + " check");
  static final List<ConfigKey<?>> KEYS =
      Arrays.asList(FILE, RELOAD_INTERVAL, PROPERTIES_FILE, ENABLED, AGENT_ENABLED, SDK_DISABLED);

  private final boolean enabled;
  private final boolean paused;
  private final long reloadNanos;
  private final String file;
  private final @Nullable String fileText;
  private final TracingConfig tracing;
  private final InstrumentationConfig instrumentation;

  // Guarded by this. What premain does not need is read later, on the agent's thread: each of
  // these classes takes 0.4 ms to load.
  private final ConfigValues values;
  private @Nullable ServerConfig server;
  private @Nullable OtlpConfig otlp;
  private final @Nullable AgentConfig atStart;
  private @Nullable BatchConfig batch;
  private @Nullable BufferConfig buffer;
  private @Nullable LoggingConfig logging;
  private @Nullable ResourceConfig resource;
  private @Nullable MetricsConfig metrics;

  /**
   * @param fileText what the file holds; null if there is none that can be read
   * @param atStart what was made of the file at start; null if this is
   */
  AgentConfig(ConfigValues values, @Nullable String fileText, @Nullable AgentConfig atStart) {
    this.atStart = atStart;
    this.values = values;
    this.fileText = fileText;
    values.get(PROPERTIES_FILE);
    file = values.get(FILE);
    reloadNanos = values.get(RELOAD_INTERVAL);
    boolean on = values.get(ENABLED);
    paused = !on && values.origin(ENABLED).startsWith(ConfigSource.FILE);
    boolean agentEnabled = values.get(AGENT_ENABLED) && (on || paused);
    enabled = !values.get(SDK_DISABLED) && agentEnabled;
    tracing = new TracingConfig(values);
    instrumentation = new InstrumentationConfig(values);
  }

  /** False if the operator turned the agent off. */
  public boolean enabled() {
    return enabled;
  }

  /**
   * True if the file says {@code enabled: false}: the agent is there, and does nothing until the
   * file says otherwise.
   */
  public boolean paused() {
    return paused;
  }

  /** How often to look whether the file has changed; 0 is never. */
  public long reloadNanos() {
    return reloadNanos;
  }

  /** The path of {@code config.yaml}; empty if there is none. */
  String file() {
    return file;
  }

  @Nullable String fileText() {
    return fileText;
  }

  /** The places that settings come from, the strongest first. */
  List<ConfigSource> sources() {
    return values.sources();
  }

  /** What the file says of a key; null if nothing. */
  @Nullable String inFile(ConfigKey<?> key) {
    List<ConfigSource> sources = values.sources();
    ConfigSource last = sources.get(sources.size() - 1);
    for (String name : key.lookupNames()) {
      String value = last.value(name);
      if (value != null && last.isFile()) {
        return value;
      }
    }
    return null;
  }

  public TracingConfig tracing() {
    return tracing;
  }

  public InstrumentationConfig instrumentation() {
    return instrumentation;
  }

  public synchronized ServerConfig server() {
    if (server == null) {
      server = new ServerConfig(values);
    }
    return server;
  }

  public synchronized OtlpConfig otlp() {
    if (otlp == null) {
      otlp = new OtlpConfig(values);
    }
    return otlp;
  }

  public synchronized BatchConfig batch() {
    if (batch == null) {
      batch = new BatchConfig(values);
    }
    return batch;
  }

  public synchronized BufferConfig buffer() {
    if (buffer == null) {
      buffer = new BufferConfig(values);
    }
    return buffer;
  }

  public synchronized LoggingConfig logging() {
    if (logging == null) {
      logging = new LoggingConfig(values);
    }
    return logging;
  }

  public synchronized ResourceConfig resource() {
    if (resource == null) {
      resource = new ResourceConfig(values);
    }
    return resource;
  }

  public synchronized MetricsConfig metrics() {
    if (metrics == null) {
      metrics = new MetricsConfig(values);
    }
    return metrics;
  }

  /** The effective settings, one {@code key = value (origin)} each, with secrets masked. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (ConfigSetting setting : settings().values()) {
      lines.add(setting.toString());
    }
    return lines;
  }

  /** The effective settings by path, secrets masked; a copy. */
  public synchronized Map<String, ConfigSetting> settings() {
    readAll();
    return values.settings();
  }

  /**
   * Like {@link #settings}, but with what the application started with where a change of the file
   * has to wait for a restart; a copy.
   */
  public Map<String, ConfigSetting> settingsInForce() {
    Map<String, ConfigSetting> inForce = settings();
    if (atStart != null) {
      for (ConfigSetting then : atStart.settings().values()) {
        if (!live(then.path())) {
          inForce.put(then.path(), then);
        }
      }
    }
    return inForce;
  }

  /**
   * Whether the value that a setting has here is in force, or would be after a restart only. Where
   * spans go is decided at the start: later they can only be switched off, and on again.
   */
  boolean live(String path) {
    if (!path.equals(ExporterChoice.TRACES.path())) {
      return AllKeys.live(path);
    }
    ExporterChoice now = otlp().exporters();
    return !now.any() || now.toString().equals(atStart().otlp().exporters().toString());
  }

  /** Whether spans are made: not if the operator wants none, or wanted none at the start. */
  public boolean tracesExported() {
    return otlp().exportsTraces() && atStart().otlp().exportsTraces();
  }

  /** What the application started with, where the file has changed since; else this one. */
  public AgentConfig atStart() {
    return atStart == null ? this : atStart;
  }

  /** What is set and means nothing here, for those who look closely. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (ConfigSource source : values.sources()) {
      for (String name : source.serviceLinks()) {
        remarks.add("environment variable " + name + " is of a Kubernetes Service and is ignored");
      }
    }
    return remarks;
  }

  /** Values of the file that cannot be used. */
  synchronized List<String> fileErrors() {
    readAll();
    return values.fileErrors();
  }

  /** What is wrong with the settings, to be logged once there is a log. */
  public synchronized List<String> warnings() {
    readAll();
    return values.warnings();
  }

  private synchronized void readAll() {
    server();
    otlp();
    batch();
    buffer();
    logging();
    resource();
    metrics();
  }
}
