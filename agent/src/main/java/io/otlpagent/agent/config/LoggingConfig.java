package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.Arrays;
import java.util.List;

/** The agent's own log: the block {@code logging}. Immutable. */
public final class LoggingConfig {

  private static final ConfigKey<String> LEVEL =
      ConfigKey.choice(
              "logging.level",
              "info",
              "debug|info|warn|error|off|trace|warning|none",
              "Minimum severity of lines in the agent's log",
              "otel.log.level",
              "otlp.log.level")
          .live();
  private static final ConfigKey<Boolean> DEBUG =
      ConfigKey.bool("otel.javaagent.debug", false, "Set `logging.level` to `debug`").live();
  private static final ConfigKey<String> KIND =
      ConfigKey.choice(
              "otel.javaagent.logging",
              "simple",
              "simple|none|application",
              "Kind of the agent's log; `none` sets `logging.level` to `off`, unless a stronger"
                  + " source sets that key; `application` means `simple`, because the agent never"
                  + " writes to the application's log")
          .live();
  private static final ConfigKey<String> FORMAT =
      ConfigKey.choice(
          "logging.format",
          "json",
          "json|text",
          "Format of the agent's log: one JSON object per line, or text");
  private static final ConfigKey<String> OUTPUT =
      ConfigKey.text(
          "logging.output",
          "stderr",
          "Destination of the agent's log: `stderr`, `stdout` or the path of a file to append"
              + " to; not `stdout` by default, because standard output belongs to the"
              + " application");
  private static final ConfigKey<Long> MAX_FILE_SIZE =
      ConfigKey.bytes(
          "logging.max_file_size",
          "10MiB",
          "Maximum size of a log file before the agent starts the next one; 0 is no limit; the"
              + " target of a symbolic link such as `/dev/stdout` has no limit");
  private static final ConfigKey<Integer> MAX_FILES =
      ConfigKey.integer(
          "logging.max_files",
          "3",
          1,
          100,
          "Maximum number of log files: the current one, and older ones with the suffixes `.1`,"
              + " `.2` and so on");
  private static final ConfigKey<Boolean> DUMP_CONFIG =
      ConfigKey.bool(
          "debug.dump_config",
          false,
          "Log all settings with their origins at start",
          "otlp.dump.config");
  private static final ConfigKey<Boolean> TRACING =
      ConfigKey.bool(
          "debug.tracing",
          false,
          "Create spans for each export: `send_trace_data` with `serialize_data` and"
              + " `send_to_collector`",
          "otlp.enable.tracing");

  static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          LEVEL, FORMAT, OUTPUT, MAX_FILE_SIZE, MAX_FILES, DEBUG, KIND, DUMP_CONFIG, TRACING);

  private final String level;
  private final String format;
  private final String output;
  private final long maxFileBytes;
  private final int maxFiles;
  private final boolean dumpConfig;
  private final boolean pipelineTraced;

  LoggingConfig(ConfigValues values) {
    level = level(values);
    format = values.get(FORMAT);
    output = values.get(OUTPUT);
    maxFileBytes = values.get(MAX_FILE_SIZE);
    maxFiles = values.get(MAX_FILES);
    dumpConfig = values.get(DUMP_CONFIG);
    pipelineTraced = values.get(TRACING);
  }

  private static String level(ConfigValues values) {
    String written = values.get(LEVEL);
    boolean debug = values.get(DEBUG);
    String kind = values.get(KIND);
    if (kind.equals("none") && !values.stronger(LEVEL, KIND)) {
      values.derived(LEVEL.path(), "off", values.origin(KIND));
      return "off";
    }
    if (kind.equals("application")) {
      values.warn(
          values.origin(KIND)
              + ": the agent does not write to the application's log; this counts as simple; set "
              + OUTPUT
              + " to say where its own log goes");
    }
    return debug ? "debug" : known(written);
  }

  private static String known(String written) {
    switch (written) {
      case "trace":
        return "debug";
      case "warning":
        return "warn";
      case "none":
        return "off";
      default:
        return written;
    }
  }

  /** {@code debug}, {@code info}, {@code warn}, {@code error} or {@code off}. */
  public String level() {
    return level;
  }

  /** {@code json} or {@code text}. */
  public String format() {
    return format;
  }

  /** {@code stderr}, {@code stdout} or the path of a file. */
  public String output() {
    return output;
  }

  /** How long a file may become; 0 for no limit. */
  public long maxFileBytes() {
    return maxFileBytes;
  }

  /** The file and older ones, at least 1. */
  public int maxFiles() {
    return maxFiles;
  }

  /** Whether each export makes spans of its own. */
  public boolean pipelineTraced() {
    return pipelineTraced;
  }

  /** Whether {@link AgentConfig#describe} is logged at start. */
  public boolean dumpConfig() {
    return dumpConfig;
  }
}
