package io.otlpagent.agent.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Everything that operators can set, read once. Immutable; shared by all parts of the agent. */
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
  private final OtlpConfig otlp;
  private final BatchConfig batch;
  private final ServerConfig server;
  private final LoggingConfig logging;
  private final ResourceConfig resource;
  private final TracingConfig tracing;
  private final InstrumentationConfig instrumentation;
  private final List<String> description;
  private final List<String> warnings;

  AgentConfig(ConfigValues values) {
    values.text(FILE);
    boolean agentEnabled = values.bool(AGENT_ENABLED);
    enabled = !values.bool(SDK_DISABLED) && agentEnabled;
    server = new ServerConfig(values);
    otlp = new OtlpConfig(values);
    batch = new BatchConfig(values);
    logging = new LoggingConfig(values);
    resource = new ResourceConfig(values);
    tracing = new TracingConfig(values);
    instrumentation = new InstrumentationConfig(values);
    description = values.describe();
    warnings = values.warnings();
  }

  /** Every key that there is, in the order of the documentation. */
  public static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>(KEYS);
    keys.addAll(ServerConfig.KEYS);
    keys.addAll(OtlpConfig.KEYS);
    keys.addAll(RetryConfig.KEYS);
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

  public OtlpConfig otlp() {
    return otlp;
  }

  public BatchConfig batch() {
    return batch;
  }

  public ServerConfig server() {
    return server;
  }

  public LoggingConfig logging() {
    return logging;
  }

  public ResourceConfig resource() {
    return resource;
  }

  public TracingConfig tracing() {
    return tracing;
  }

  public InstrumentationConfig instrumentation() {
    return instrumentation;
  }

  /** The effective settings, one {@code key = value (origin)} each, with secrets masked. */
  public List<String> describe() {
    return description;
  }

  /** What is wrong with the settings, to be logged once there is a log. */
  public List<String> warnings() {
    return warnings;
  }
}
