package io.otlpagent.agent.config.value;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table of settings: where it stands in {@code config.yaml}, what it takes, what it
 * is if nobody sets it, and its other names. Immutable; the reference documentation is made from
 * these.
 */
public final class ConfigKey {

  public static final String BOOLEAN = "boolean";
  public static final String BYTES = "bytes";
  public static final String CHOICE = "choice";
  public static final String DECIMAL = "decimal";
  public static final String DURATION = "duration";
  public static final String INTEGER = "integer";
  public static final String LIST = "list";
  public static final String MAP = "map";
  public static final String TEXT = "text";

  private final String path;
  private final String type;
  private final String defaultValue;
  private final String description;
  private final String range;
  private final List<String> aliases;
  private final String[] lookupNames;

  private ConfigKey(
      String path,
      String type,
      String defaultValue,
      String range,
      String description,
      String... aliases) {
    this.path = path;
    this.type = type;
    this.defaultValue = defaultValue;
    this.range = range;
    this.description = description;
    this.aliases = Collections.unmodifiableList(Arrays.asList(aliases));
    this.lookupNames = lookupNames(path, aliases);
  }

  public static ConfigKey bool(
      String path, boolean defaultValue, String description, String... aliases) {
    return new ConfigKey(path, BOOLEAN, defaultValue ? "true" : "false", "", description, aliases);
  }

  public static ConfigKey bytes(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey(path, BYTES, defaultValue, "", description, aliases);
  }

  /**
   * @param choices what it takes, separated by {@code |}
   */
  public static ConfigKey choice(
      String path, String defaultValue, String choices, String description, String... aliases) {
    return new ConfigKey(path, CHOICE, defaultValue, choices, description, aliases);
  }

  /**
   * @param range smallest and greatest value, such as {@code 1..100}
   */
  public static ConfigKey decimal(
      String path, String defaultValue, String range, String description, String... aliases) {
    return new ConfigKey(path, DECIMAL, defaultValue, range, description, aliases);
  }

  public static ConfigKey duration(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey(path, DURATION, defaultValue, "", description, aliases);
  }

  /**
   * @param range smallest and greatest value, such as {@code 1..100}
   */
  public static ConfigKey integer(
      String path, String defaultValue, String range, String description, String... aliases) {
    return new ConfigKey(path, INTEGER, defaultValue, range, description, aliases);
  }

  public static ConfigKey list(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey(path, LIST, defaultValue, "", description, aliases);
  }

  public static ConfigKey map(String path, String description, String... aliases) {
    return new ConfigKey(path, MAP, "", "", description, aliases);
  }

  /** A map whose values are never shown. */
  public static ConfigKey secretMap(String path, String description, String... aliases) {
    return new ConfigKey(path, MAP, "", "secret", description, aliases);
  }

  public static ConfigKey text(
      String path, String defaultValue, String description, String... aliases) {
    return new ConfigKey(path, TEXT, defaultValue, "", description, aliases);
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

  /** The choices separated by {@code |}, or a range such as {@code 1..100}; empty if neither. */
  public String range() {
    return secret() ? "" : range;
  }

  /** Whether a number is one that it takes. */
  boolean inRange(double value) {
    int dots = range.indexOf("..");
    // Written so that NaN is in no range.
    return value >= Double.parseDouble(range.substring(0, dots))
        && value <= Double.parseDouble(range.substring(dots + 2));
  }

  /** Such as {@code 1 to 100}. */
  String rangeInWords() {
    int dots = range.indexOf("..");
    return range.substring(0, dots) + " to " + range.substring(dots + 2);
  }

  /** Whether its value is never shown. */
  public boolean secret() {
    return range.equals("secret");
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
