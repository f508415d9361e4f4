package io.otlpagent.agent.config.tracing;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigValues;
import io.otlpagent.agent.config.value.ShownValue;
import io.otlpagent.instrumentation.semconv.PeerService;
import io.otlpagent.instrumentation.semconv.PeerServices;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is instrumented and what is left out of the spans. Immutable. */
public final class InstrumentationConfig {

  private static final String TOGGLE_PREFIX = "otel_instrumentation_";
  private static final String TOGGLE_SUFFIX = "_enabled";

  private static final ConfigKey<Boolean> DEFAULT_ENABLED =
      ConfigKey.bool(
              "instrumentation.default_enabled",
              true,
              "Instrument the libraries that no other setting enables or disables",
              "otel.instrumentation.common.default-enabled")
          .live();
  private static final ConfigKey<List<String>> DISABLED =
      ConfigKey.list(
              "instrumentation.disabled",
              "",
              "Names of libraries not to instrument; `otel.instrumentation.<name>.enabled=false`"
                  + " disables a single one; unset: none")
          .live();
  private static final ConfigKey<List<String>> ENABLED =
      ConfigKey.list(
              "instrumentation.enabled",
              "",
              "Names of libraries to instrument if `instrumentation.default_enabled` is false;"
                  + " unset: none")
          .live();
  private static final ConfigKey<List<String>> EXCLUDED_CLASSES =
      ConfigKey.list(
          "instrumentation.exclude_classes",
          "",
          "Names of classes not to instrument, such as `com.acme.Driver` or `com.acme.*`;"
              + " unset: none",
          "otel.javaagent.exclude-classes");
  private static final ConfigKey<List<String>> EXCLUDED_CLASS_LOADERS =
      ConfigKey.list(
          "instrumentation.exclude_class_loaders",
          "",
          "Names of classes of class loaders whose classes are not instrumented, such as"
              + " `com.acme.ScriptLoader` or `com.acme.*`; classes of their child loaders"
              + " still are; unset: none",
          "otel.javaagent.exclude-class-loaders");
  private static final ConfigKey<Boolean> PROFILING =
      ConfigKey.bool(
          "debug.profiling",
          false,
          "Report the time that the agent itself spends on `/metrics`, per instrumentation and"
              + " per instrumented class",
          "otlp.enable.profiling");
  private static final ConfigKey<Boolean> QUERY_PARAMETERS =
      ConfigKey.bool(
          "jdbc.query_parameters",
          false,
          "Capture the parameters of prepared statements as attributes"
              + " `db.query.parameter.<key>`, unredacted; they may be personal data",
          "otel.instrumentation.jdbc.experimental.capture-query-parameters");

  private static final ConfigKey<Boolean> TRANSACTIONS =
      ConfigKey.bool(
          "jdbc.transactions",
          false,
          "Create client spans for commits and rollbacks of JDBC connections",
          "otel.instrumentation.jdbc.experimental.transaction.enabled");

  private static final ConfigKey<Boolean> SQL_COMMENTER =
      ConfigKey.bool(
          "jdbc.sqlcommenter",
          false,
          "Add the trace context to SQL as a comment, `/*traceparent='...'*/`",
          "otel.instrumentation.jdbc.experimental.sqlcommenter.enabled");

  private static final ConfigKey<Map<String, String>> PEER_SERVICES =
      ConfigKey.map(
              "instrumentation.peer_services",
              "Names of called services as `host[:port][/path]=name`, recorded as the attribute"
                  + " `peer.service` of HTTP and database client spans; the host may contain `*`"
                  + " and `?`, and the most specific match wins; unset: none",
              "otel.instrumentation.common.peer-service-mapping")
          .live();

  public static final List<ConfigKey<?>> KEYS =
      Arrays.asList(
          DEFAULT_ENABLED,
          DISABLED,
          ENABLED,
          EXCLUDED_CLASSES,
          EXCLUDED_CLASS_LOADERS,
          PROFILING,
          SemconvConfig.QUERY_KEYS,
          SemconvConfig.SIGNATURE_KEYS,
          SemconvConfig.SQL_LITERALS,
          SemconvConfig.SECRET_HEADERS,
          SemconvConfig.EXCEPTION_MESSAGES,
          PEER_SERVICES,
          QUERY_PARAMETERS,
          TRANSACTIONS,
          SQL_COMMENTER);

  /** What is woven only if it is asked for. */
  private static final List<ConfigKey<Boolean>> OPTIONS =
      Arrays.asList(QUERY_PARAMETERS, TRANSACTIONS, SQL_COMMENTER);

  private final boolean defaultEnabled;
  private final Map<String, Boolean> toggles = new HashMap<>();
  private final SemconvSettings semconvSettings;
  private final boolean exponentialHistograms;
  private final List<String> excludedClasses;
  private final List<String> excludedClassLoaders;
  private final boolean profiled;
  private final Set<String> options = new HashSet<>();

  public InstrumentationConfig(ConfigValues values) {
    defaultEnabled = values.get(DEFAULT_ENABLED);
    for (String name : values.get(ENABLED)) {
      toggles.put(ConfigKey.normalize(name), true);
    }
    for (String name : values.get(DISABLED)) {
      toggles.put(ConfigKey.normalize(name), false);
    }
    List<ConfigSource> sources = values.sources();
    for (int i = sources.size() - 1; i >= 0; i--) {
      readToggles(values, sources.get(i));
    }
    excludedClasses = values.get(EXCLUDED_CLASSES);
    excludedClassLoaders = values.get(EXCLUDED_CLASS_LOADERS);
    profiled = values.get(PROFILING);
    for (ConfigKey<Boolean> option : OPTIONS) {
      if (values.get(option)) {
        options.add(option.path());
      }
    }
    semconvSettings = semconvSettings(values);
    exponentialHistograms =
        values
            .get(SemconvConfig.HISTOGRAM_AGGREGATION)
            .equals("base2_exponential_bucket_histogram");
  }

  private void readToggles(ConfigValues values, ConfigSource source) {
    for (String name : source.names()) {
      if (!isToggle(name)) {
        continue;
      }
      String library =
          name.substring(TOGGLE_PREFIX.length(), name.length() - TOGGLE_SUFFIX.length());
      String value = source.value(name);
      boolean on = "true".equalsIgnoreCase(value);
      if (!on && !"false".equalsIgnoreCase(value)) {
        values.problem(
            source.origin(name),
            ": "
                + ShownValue.quoted(String.valueOf(value))
                + " is neither true nor false; it is ignored");
        continue;
      }
      toggles.put(library, on);
      values.derived(
          "otel.instrumentation." + library + ".enabled",
          on ? "true" : "false",
          source.origin(name));
    }
  }

  /** Whether a name in normal form is {@code otel.instrumentation.<name>.enabled}. */
  public static boolean isToggle(String name) {
    return name.startsWith(TOGGLE_PREFIX)
        && name.endsWith(TOGGLE_SUFFIX)
        && name.length() > TOGGLE_PREFIX.length() + TOGGLE_SUFFIX.length()
        && name.indexOf("_experimental_") < 0
        // common.default-enabled, and the switches of database sanitization.
        && !name.startsWith("otel_instrumentation_common_")
        && !name.equals("otel_instrumentation_jdbc_query_sanitization_enabled");
  }

  private static SemconvSettings semconvSettings(ConfigValues values) {
    SemconvSettings settings = SemconvConfig.settings(values);
    Map<String, String> peers = values.get(PEER_SERVICES);
    // Other classes are for those who want them.
    return peers.isEmpty() ? settings : withPeers(values, settings, peers);
  }

  private static SemconvSettings withPeers(
      ConfigValues values, SemconvSettings settings, Map<String, String> peers) {
    List<PeerService> services = new ArrayList<>();
    String problem = null;
    int unusable = 0;
    for (Map.Entry<String, String> peer : peers.entrySet()) {
      try {
        services.add(PeerService.of(peer.getKey(), peer.getValue()));
      } catch (IllegalArgumentException e) {
        unusable++;
        problem =
            problem == null
                ? ": " + ShownValue.shortened(e.getMessage()) + "; it is ignored"
                : problem;
      }
    }
    if (problem != null) {
      values.problem(
          PEER_SERVICES,
          problem + (unusable > 1 ? "; so are " + (unusable - 1) + " entries after it" : ""));
    }
    return settings.withPeerServices(new PeerServices(services));
  }

  /**
   * Whether a library is instrumented.
   *
   * @param group of the module, such as {@code servlet}
   * @param name of the module, such as {@code servlet-javax-3.0}; stronger than its group
   */
  public boolean enabled(String group, String name) {
    Boolean toggle = toggles.get(ConfigKey.normalize(name));
    if (toggle == null) {
      toggle = toggles.get(ConfigKey.normalize(group));
    }
    return toggle == null ? defaultEnabled : toggle;
  }

  /** Names of classes, or their beginnings with a star, that are left as they are. */
  public List<String> excludedClasses() {
    return excludedClasses;
  }

  /**
   * Class names of loaders, or their beginnings with a star, whose classes are left as they are.
   */
  public List<String> excludedClassLoaders() {
    return excludedClassLoaders;
  }

  /** The settings by which more is woven than otherwise, by their keys. */
  public Set<String> options() {
    return options;
  }

  /** Whether the agent measures itself. */
  public boolean profiled() {
    return profiled;
  }

  /**
   * Names that somebody switches and nothing has, in normal form.
   *
   * @param known groups, names of modules, and their scopes
   */
  public Set<String> unknownNames(Iterable<String> known) {
    Set<String> unknown = new TreeSet<>(toggles.keySet());
    for (String name : known) {
      unknown.remove(ConfigKey.normalize(name));
    }
    return unknown;
  }

  /** What the operator changes about the conventions. */
  public SemconvSettings semconvSettings() {
    return semconvSettings;
  }

  /** Whether histograms that are sent have exponential buckets. */
  public boolean exponentialHistograms() {
    return exponentialHistograms;
  }
}
