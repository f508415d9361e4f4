package io.otlpagent.agent.config.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of the table of settings: where it stands in {@code config.yaml}, what it takes, what it
 * is if nobody sets it, whether it can change while the application runs, and its other names.
 * Immutable; the reference documentation is made from these.
 *
 * @param <T> of its values, which {@link ConfigValues#get} reads
 */
public final class ConfigKey<T> {

  public static final String BOOLEAN = "boolean";
  public static final String BYTES = "bytes";
  public static final String CHOICE = "choice";
  public static final String DECIMAL = "decimal";
  public static final String DURATION = "duration";
  public static final String INTEGER = "integer";
  public static final String LIST = "list";
  public static final String MAP = "map";
  public static final String TEXT = "text";

  private static final int LIVE = 1;
  private static final int SECRET = 2;

  private final String path;
  private final String type;
  private final String defaultValue;
  private final String description;
  private final List<String> choices;
  private final int least;
  private final int most;
  private final boolean live;
  private final boolean secret;
  private final List<String> aliases;
  private final String[] lookupNames;

  private ConfigKey(
      String path, String type, String defaultValue, String description, String... aliases) {
    this.path = path;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
    this.choices = Collections.emptyList();
    this.least = 0;
    this.most = 0;
    this.live = false;
    this.secret = false;
    this.aliases = Collections.unmodifiableList(Arrays.asList(aliases));
    this.lookupNames = lookupNames(path, aliases);
  }

  private ConfigKey(ConfigKey<T> other, List<String> choices, int least, int most, int flags) {
    this.path = other.path;
    this.type = other.type;
    this.defaultValue = other.defaultValue;
    this.description = other.description;
    this.choices = choices;
    this.least = least;
    this.most = most;
    this.live = (flags & LIVE) != 0;
    this.secret = (flags & SECRET) != 0;
    this.aliases = other.aliases;
    this.lookupNames = other.lookupNames;
  }

  private ConfigKey<T> between(int lowest, int highest) {
    return new ConfigKey<>(this, choices, lowest, highest, 0);
  }

  public static ConfigKey<Boolean> bool(
      String path, boolean defaultValue, String description, String... aliases) {
    String text = defaultValue ? "true" : "false";
    return new ConfigKey<>(path, BOOLEAN, text, description, aliases);
  }

  /** A size in bytes. */
  public static ConfigKey<Long> bytes(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey<>(path, BYTES, defaultValue, description, aliases);
  }

  /**
   * @param choices what it takes, in lower case, separated by {@code |}
   */
  public static ConfigKey<String> choice(
      String path, String defaultValue, String choices, String description, String... aliases) {
    ConfigKey<String> key = new ConfigKey<>(path, CHOICE, defaultValue, description, aliases);
    return new ConfigKey<>(key, ValueParser.split(choices, '|'), 0, 0, 0);
  }

  public static ConfigKey<Double> decimal(
      String path,
      String defaultValue,
      int least,
      int most,
      String description,
      String... aliases) {
    ConfigKey<Double> key = new ConfigKey<>(path, DECIMAL, defaultValue, description, aliases);
    return key.between(least, most);
  }

  /** A time, whose value is in nanoseconds. */
  public static ConfigKey<Long> duration(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey<>(path, DURATION, defaultValue, description, aliases);
  }

  public static ConfigKey<Integer> integer(
      String path,
      String defaultValue,
      int least,
      int most,
      String description,
      String... aliases) {
    ConfigKey<Integer> key = new ConfigKey<>(path, INTEGER, defaultValue, description, aliases);
    return key.between(least, most);
  }

  public static ConfigKey<List<String>> list(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey<>(path, LIST, defaultValue, description, aliases);
  }

  public static ConfigKey<Map<String, String>> map(
      String path, String description, String... aliases) {
    return new ConfigKey<>(path, MAP, "", description, aliases);
  }

  /** A map whose values are never shown. */
  public static ConfigKey<Map<String, String>> secretMap(
      String path, String description, String... aliases) {
    return map(path, description, aliases).masked();
  }

  public static ConfigKey<String> text(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey<>(path, TEXT, defaultValue, description, aliases);
  }

  private ConfigKey<T> masked() {
    return new ConfigKey<>(this, choices, least, most, SECRET);
  }

  /** The same for a setting that takes effect while the application runs, when the file changes. */
  public ConfigKey<T> live() {
    return new ConfigKey<>(this, choices, least, most, LIVE | (secret ? SECRET : 0));
  }

  /** Where it stands in {@code config.yaml}, such as {@code batch.max_size}. */
  public String path() {
    return path;
  }

  /** What it takes: {@code boolean}, {@code duration}, {@code list} and so on. */
  public String type() {
    return type;
  }

  /** What is used if nobody sets it; empty if nothing is. */
  public String defaultValue() {
    return defaultValue;
  }

  public String description() {
    return description;
  }

  /** System properties of OpenTelemetry that set it too, the strongest first. */
  public List<String> aliases() {
    return aliases;
  }

  /** The words that it takes, in lower case; none for other types. */
  public List<String> choices() {
    return choices;
  }

  /** The choices separated by {@code |}, or a range such as {@code 1..100}; empty if neither. */
  public String range() {
    return choices.isEmpty() ? least == most ? "" : least + ".." + most : joined("|");
  }

  /** Whether a number is one that it takes. */
  boolean inRange(double value) {
    // Written so that NaN is in no range.
    return value >= least && value <= most;
  }

  /** Such as {@code 1 to 100}. */
  String rangeInWords() {
    return choices.isEmpty() ? least + " to " + most : joined(", ");
  }

  private String joined(String separator) {
    StringBuilder text = new StringBuilder();
    for (String choice : choices) {
      text.append(text.length() == 0 ? "" : separator).append(choice);
    }
    return text.toString();
  }

  /** Whether its value is never shown. */
  public boolean secret() {
    return secret;
  }

  /** Whether a change of the file takes effect without a restart. */
  public boolean isLive() {
    return live;
  }

  /** Whether it can stand in {@code config.yaml}; a few exist as OpenTelemetry's names only. */
  public boolean inFile() {
    return !path.startsWith("otel.") && !path.startsWith("config.");
  }

  /** The system property of our own, such as {@code otlp.batch.max_size}. */
  public String property() {
    return path.startsWith("otlp.") || path.startsWith("otel.") ? path : "otlp." + path;
  }

  /** The environment variable that means the same as a system property. */
  public static String environmentName(String property) {
    return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** One form for all spellings of a name: lower case, with underscores only. */
  public static String normalize(String name) {
    return name.replace('.', '_').replace('-', '_').toLowerCase(Locale.ROOT);
  }

  /** All names in {@linkplain #normalize normal form}, the strongest first. */
  public String[] lookupNames() {
    return lookupNames;
  }

  /**
   * Whether one of its names, in normal form, is of spans alone where others are of all signals.
   */
  static boolean ofSignal(String normalName) {
    return normalName.startsWith("otel_exporter_otlp_traces_")
        || normalName.startsWith("otel_span_attribute_");
  }

  private static String[] lookupNames(String path, String[] aliases) {
    // otlp.endpoint is OTLP_ENDPOINT; OTLP_OTLP_ENDPOINT follows the rule for all other keys.
    int own = path.startsWith("otlp.") ? 2 : 1;
    String[] names = new String[aliases.length + own];
    for (int i = 0; i < aliases.length; i++) {
      names[i] = normalize(aliases[i]);
    }
    String normalPath = normalize(path);
    names[aliases.length] =
        own == 2 || path.startsWith("otel.") ? normalPath : "otlp_" + normalPath;
    if (own == 2) {
      names[aliases.length + 1] = "otlp_" + normalPath;
    }
    return names;
  }

  @Override
  public String toString() {
    return path;
  }
}
