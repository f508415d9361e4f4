package io.otlpagent.agent.config;

import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is instrumented and what is left out of the spans. Immutable. */
public final class InstrumentationConfig {

  private static final String TOGGLE_PREFIX = "otel_instrumentation_";
  private static final String TOGGLE_SUFFIX = "_enabled";

  private static final ConfigKey DEFAULT_ENABLED =
      ConfigKey.bool(
          "instrumentation.default_enabled",
          true,
          "Whether libraries are instrumented that nothing else is said about",
          "otel.instrumentation.common.default-enabled");
  private static final ConfigKey DISABLED =
      ConfigKey.list(
          "instrumentation.disabled",
          "",
          "Libraries to leave alone; one of them also by `otel.instrumentation.<name>.enabled=false`");
  private static final ConfigKey ENABLED =
      ConfigKey.list(
          "instrumentation.enabled",
          "",
          "Libraries to instrument where `instrumentation.default_enabled` is false");
  private static final ConfigKey EXCLUDED_CLASSES =
      ConfigKey.list(
          "instrumentation.exclude_classes",
          "",
          "Classes to leave as they are, such as `com.acme.Driver` or `com.acme.*`",
          "otel.javaagent.exclude-classes");
  private static final ConfigKey PROFILING =
      ConfigKey.bool(
          "debug.profiling",
          false,
          "Whether `/metrics` tells the agent's own time, by instrumentation and by woven class",
          "otlp.enable.profiling");
  private static final ConfigKey QUERY_KEYS =
      ConfigKey.list(
          "redaction.query_keys",
          "",
          "Query parameters whose values are replaced by `REDACTED`, in addition to the built-in"
              + " ones; begin with `none` to replace those");
  private static final ConfigKey SIGNATURE_KEYS =
      ConfigKey.list(
          "otel.instrumentation.sanitization.url.experimental.sensitive-query-parameters",
          "",
          "Replaces the built-in parameters of signed URLs, compared as written");
  private static final ConfigKey SQL_LITERALS =
      ConfigKey.bool(
          "redaction.sql_literals",
          true,
          "Whether literals in prepared statements are replaced by `?`; in all other SQL they"
              + " always are",
          "otel.instrumentation.jdbc.query-sanitization.enabled",
          "otel.instrumentation.common.db.query-sanitization.enabled",
          "otel.instrumentation.common.db-statement-sanitizer.enabled");
  private static final ConfigKey KNOWN_METHODS =
      ConfigKey.list(
          "http.known_methods",
          "CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,TRACE,QUERY",
          "HTTP methods that are reported by name; all others are `_OTHER`",
          "otel.instrumentation.http.known-methods");
  private static final ConfigKey TRUST_FORWARDED_HEADERS =
      ConfigKey.bool(
          "http.server.trust_forwarded_headers",
          true,
          "Whether `Forwarded` and `X-Forwarded-*` say who the client is");

  private static final ConfigKey REQUEST_HEADERS =
      ConfigKey.list(
          "http.server.request_headers",
          "",
          "Headers of served requests that become attributes `http.request.header.<name>`",
          "otel.instrumentation.http.server.capture-request-headers");
  private static final ConfigKey RESPONSE_HEADERS =
      ConfigKey.list(
          "http.server.response_headers",
          "",
          "Headers of their responses that become attributes `http.response.header.<name>`",
          "otel.instrumentation.http.server.capture-response-headers");
  private static final ConfigKey SECRET_HEADERS =
      ConfigKey.list(
          "redaction.headers",
          "",
          "Headers whose values are replaced by `REDACTED` there, in addition to the built-in ones"
              + " of credentials and cookies");

  private static final ConfigKey QUERY_PARAMETERS =
      ConfigKey.bool(
          "jdbc.query_parameters",
          false,
          "Whether the parameters of prepared statements become attributes"
              + " `db.query.parameter.<key>`, as they are: they may be personal data",
          "otel.instrumentation.jdbc.experimental.capture-query-parameters");

  private static final ConfigKey TRANSACTIONS =
      ConfigKey.bool(
          "jdbc.transactions",
          false,
          "Whether commits and rollbacks of JDBC connections have spans",
          "otel.instrumentation.jdbc.experimental.transaction.enabled");

  private static final ConfigKey SQL_COMMENTER =
      ConfigKey.bool(
          "jdbc.sqlcommenter",
          false,
          "Whether SQL carries the trace as a comment, `/*traceparent='...'*/`",
          "otel.instrumentation.jdbc.experimental.sqlcommenter.enabled");

  static final List<ConfigKey> KEYS =
      Arrays.asList(
          DEFAULT_ENABLED,
          DISABLED,
          ENABLED,
          EXCLUDED_CLASSES,
          PROFILING,
          QUERY_KEYS,
          SIGNATURE_KEYS,
          SQL_LITERALS,
          SECRET_HEADERS,
          REQUEST_HEADERS,
          RESPONSE_HEADERS,
          KNOWN_METHODS,
          TRUST_FORWARDED_HEADERS,
          QUERY_PARAMETERS,
          TRANSACTIONS,
          SQL_COMMENTER);

  /** What is woven only if it is asked for. */
  private static final ConfigKey[] OPTIONS = {QUERY_PARAMETERS, TRANSACTIONS, SQL_COMMENTER};

  private final boolean defaultEnabled;
  private final Map<String, Boolean> toggles = new HashMap<>();
  private final SemconvSettings semconvSettings;
  private final List<String> excludedClasses;
  private final boolean profiled;
  private final Set<String> options = new HashSet<>();

  InstrumentationConfig(ConfigValues values) {
    defaultEnabled = values.bool(DEFAULT_ENABLED);
    for (String name : values.list(ENABLED)) {
      toggles.put(ConfigKey.normalize(name), true);
    }
    for (String name : values.list(DISABLED)) {
      toggles.put(ConfigKey.normalize(name), false);
    }
    List<ConfigSource> sources = values.sources();
    for (int i = sources.size() - 1; i >= 0; i--) {
      readToggles(values, sources.get(i));
    }
    excludedClasses = values.list(EXCLUDED_CLASSES);
    profiled = values.bool(PROFILING);
    for (ConfigKey option : OPTIONS) {
      if (values.bool(option)) {
        options.add(option.path());
      }
    }
    semconvSettings = semconvSettings(values);
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
            source.origin(name), ": '" + value + "' is neither true nor false; it counts as false");
      }
      toggles.put(library, on);
      values.derived(
          "otel.instrumentation." + library + ".enabled",
          on ? "true" : "false",
          source.origin(name));
    }
  }

  /** Whether a name in normal form is {@code otel.instrumentation.<name>.enabled}. */
  static boolean isToggle(String name) {
    return name.startsWith(TOGGLE_PREFIX)
        && name.endsWith(TOGGLE_SUFFIX)
        && name.length() > TOGGLE_PREFIX.length() + TOGGLE_SUFFIX.length()
        && name.indexOf("_experimental_") < 0
        // common.default-enabled, and the switches of database sanitization.
        && !name.startsWith("otel_instrumentation_common_")
        && !name.equals("otel_instrumentation_jdbc_query_sanitization_enabled");
  }

  private static SemconvSettings semconvSettings(ConfigValues values) {
    Set<String> methods = new HashSet<>(values.list(KNOWN_METHODS));
    Set<String> signatureKeys = new HashSet<>(values.list(SIGNATURE_KEYS));
    if (signatureKeys.isEmpty()) {
      signatureKeys = SemconvSettings.DEFAULT_SIGNATURE_KEYS;
    }
    List<String> queryKeys = values.list(QUERY_KEYS);
    Set<String> secretKeys = new HashSet<>();
    if (!queryKeys.contains("none")) {
      secretKeys.addAll(SemconvSettings.DEFAULT_SECRET_KEYS);
    }
    for (String key : queryKeys) {
      if (!key.equals("none")) {
        secretKeys.add(key.toLowerCase(Locale.ROOT));
      }
    }
    SemconvSettings settings =
        new SemconvSettings(
            methods,
            signatureKeys,
            secretKeys,
            values.bool(TRUST_FORWARDED_HEADERS),
            values.bool(SQL_LITERALS));
    List<String> requests = values.list(REQUEST_HEADERS);
    List<String> responses = values.list(RESPONSE_HEADERS);
    List<String> more = values.list(SECRET_HEADERS);
    // Another class is for those who want it.
    return requests.isEmpty() && responses.isEmpty()
        ? settings
        : withHeaders(settings, requests, responses, more);
  }

  private static SemconvSettings withHeaders(
      SemconvSettings settings, List<String> requests, List<String> responses, List<String> more) {
    Set<String> secret = new HashSet<>(HeaderCapture.DEFAULT_SECRET_HEADERS);
    for (String name : more) {
      secret.add(name.toLowerCase(Locale.ROOT));
    }
    return settings.withServerHeaders(
        new HeaderCapture("request", requests, secret),
        new HeaderCapture("response", responses, secret));
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
}
