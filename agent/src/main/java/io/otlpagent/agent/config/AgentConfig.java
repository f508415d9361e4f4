package io.otlpagent.agent.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that operators can set. All sources are read before this is made, so it never changes;
 * thread-safe, shared by all parts of the agent.
 */
public final class AgentConfig {

  static final ConfigKey FILE =
      ConfigKey.text(
          "config.file",
          "",
          "Path of `config.yaml`; `OTLP_AGENT_CONFIG` means the same",
          "otlp.agent.config");
  private static final ConfigKey AGENT_ENABLED =
      ConfigKey.bool("otel.javaagent.enabled", true, "`false` turns the agent off altogether");
  private static final ConfigKey SDK_DISABLED =
      ConfigKey.bool("otel.sdk.disabled", false, "`true` turns the agent off altogether");
  private static final List<ConfigKey> KEYS = Arrays.asList(FILE, AGENT_ENABLED, SDK_DISABLED);

  private final boolean enabled;
  private final TracingConfig tracing;
  private final InstrumentationConfig instrumentation;

  // Guarded by this. What premain does not need is read later, on the agent's thread: each of
  // these classes takes 0.4 ms to load.
  private final ConfigValues values;
  private @Nullable ServerConfig server;
  private @Nullable OtlpConfig otlp;
  private @Nullable BatchConfig batch;
  private @Nullable LoggingConfig logging;
  private @Nullable ResourceConfig resource;
  private @Nullable MetricsConfig metrics;

  AgentConfig(ConfigValues values) {
    this.values = values;
    values.text(FILE);
    boolean agentEnabled = values.bool(AGENT_ENABLED);
    enabled = !values.bool(SDK_DISABLED) && agentEnabled;
    tracing = new TracingConfig(values);
    instrumentation = new InstrumentationConfig(values);
  }

  /** Every key that there is, in the order of the documentation. */
  public static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>(KEYS);
    keys.addAll(ServerConfig.KEYS);
    keys.addAll(OtlpConfig.KEYS);
    keys.addAll(RetryConfig.KEYS);
    keys.addAll(MetricsConfig.KEYS);
    keys.addAll(BatchConfig.KEYS);
    keys.addAll(LoggingConfig.KEYS);
    keys.addAll(ResourceConfig.KEYS);
    keys.addAll(TracingConfig.KEYS);
    keys.addAll(InstrumentationConfig.KEYS);
    return Collections.unmodifiableList(keys);
  }

  /** False if the operator turned the agent off. */
  public boolean enabled() {
    return enabled;
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
  public synchronized List<String> describe() {
    readAll();
    return values.describe();
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
    logging();
    resource();
    metrics();
  }
}
