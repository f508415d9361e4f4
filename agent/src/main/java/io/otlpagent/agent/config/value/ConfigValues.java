package io.otlpagent.agent.config.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks settings up in the sources, the strongest first. A value that cannot be used becomes one
 * warning that says what to write instead, and the default takes its place. Used by one thread.
 */
public final class ConfigValues {

  private final ConfigSources sources;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Map<String, ConfigSetting> effective = new LinkedHashMap<>();
  private final Set<String> fileErrors = new LinkedHashSet<>();

  public ConfigValues(List<ConfigSource> sources) {
    this.sources = new ConfigSources(sources);
  }

  public List<ConfigSource> sources() {
    return sources.list();
  }

  public void warn(String warning) {
    warnings.add(ShownValue.printable(warning));
  }

  public List<String> warnings() {
    return Collections.unmodifiableList(new ArrayList<>(warnings));
  }

  /** Values of the file that cannot be used: each is a warning, too. */
  public List<String> fileErrors() {
    return Collections.unmodifiableList(new ArrayList<>(fileErrors));
  }

  /** The keys that were read, by path, in the order of the documentation; a copy. */
  public Map<String, ConfigSetting> settings() {
    return new LinkedHashMap<>(effective);
  }

  /** Replaces what {@link #settings} says where the value follows from other settings. */
  public void derived(ConfigKey<?> key, String value) {
    put(key.path(), value, ConfigSetting.DEFAULT, value);
  }

  /** Notes a setting that has no key of its own. */
  public void derived(String path, String value, String origin) {
    put(path, value, origin, value);
  }

  /** Notes what is left of a value that has been read; where it came from stays. */
  public void reduced(ConfigKey<?> key, String value) {
    ConfigSetting read = effective.get(key.path());
    put(key.path(), value, read == null ? ConfigSetting.DEFAULT : read.origin(), value);
  }

  private void put(String path, String shown, String origin, String raw) {
    effective.put(path, new ConfigSetting(path, shown, origin, raw));
  }

  /** Whether any source sets it, with a usable value or not. */
  public boolean isSet(ConfigKey<?> key) {
    return sources.isSet(key);
  }

  /** Whether a stronger source sets the first key than sets the other. */
  public boolean stronger(ConfigKey<?> key, ConfigKey<?> other) {
    return sources.stronger(key, other);
  }

  /** The name in normal form under which it is set; null if it is not. */
  public @Nullable String nameInUse(ConfigKey<?> key) {
    return sources.nameInUse(key);
  }

  /**
   * The value in force; a duration in nanoseconds. One that cannot be used is a warning, and the
   * default takes its place.
   */
  public <T> T get(ConfigKey<T> key) {
    T value = parsed(key);
    return value == null ? valueOf(key, recordDefault(key)) : value;
  }

  /**
   * @param otherwise what is used if there is no usable value, for a key without a default
   */
  public <T> T get(ConfigKey<T> key, T otherwise) {
    T value = parsed(key);
    if (value == null) {
      recordDefault(key);
    }
    return value == null ? otherwise : value;
  }

  private <T> @Nullable T parsed(ConfigKey<T> key) {
    String raw = raw(key);
    if (raw == null) {
      return null;
    }
    String text = ValueParser.normal(key, raw);
    @Nullable Object value = ValueParser.value(key, text);
    if (value == null || !ValueParser.printable(key, text)) {
      unusable(key, text);
      return null;
    }
    put(key.path(), ShownValue.of(key, text), origin(key), text);
    return cast(key, value);
  }

  private static <T> T valueOf(ConfigKey<T> key, String defaultValue) {
    Object value = ValueParser.value(key, defaultValue);
    return cast(key, value == null ? ValueParser.zero(key) : value);
  }

  /** A value is of the type of its key, by {@link ValueParser#value}. */
  @SuppressWarnings({"unchecked", "unused"}) // The key says which type it is.
  private static <T> T cast(ConfigKey<T> key, Object value) {
    return (T) value;
  }

  private void unusable(ConfigKey<?> key, String text) {
    if (key.type().equals(ConfigKey.MAP)) {
      problem(
          key,
          ": "
              + ShownValue.quoted(key, text)
              + " is not of the form key=value,key2=value2 (percent-encode special characters);"
              + " all of it is ignored");
    } else {
      unusable(key, text, ValueParser.problem(key));
    }
  }

  /** Notes a setting without reading it: another class does. */
  public void note(ConfigKey<?> key, boolean usable) {
    String raw = raw(key);
    if (raw == null || !usable) {
      recordDefault(key);
    } else {
      record(key, raw);
    }
  }

  /** The value as it is written, else the default; it may be unusable. */
  public String written(ConfigKey<?> key) {
    String raw = raw(key);
    return raw == null ? key.defaultValue() : raw;
  }

  /** How a warning names the source of a value; {@code default} if it is not set. */
  public String origin(ConfigKey<?> key) {
    return sources.origin(key);
  }

  private @Nullable String raw(ConfigKey<?> key) {
    return sources.raw(key);
  }

  /** Warns of a value that cannot be used, and names the default in its place. */
  public void unusable(ConfigKey<?> key, String raw, String problem) {
    problem(
        key,
        ": "
            + ShownValue.quoted(key, raw)
            + " "
            + problem
            + "; the default "
            + (key.defaultValue().isEmpty() ? "" : key.defaultValue() + " ")
            + "is used");
  }

  /** Warns of a value that cannot be used; in the file it is an error. */
  public void problem(ConfigKey<?> key, String problem) {
    problem(origin(key), problem);
  }

  /**
   * @param origin of the value
   */
  public void problem(String origin, String problem) {
    warn(origin + problem);
    if (origin.startsWith(ConfigSource.FILE)) {
      fileErrors.add(origin.substring(ConfigSource.FILE.length()) + problem);
    }
  }

  private String record(ConfigKey<?> key, String value) {
    put(key.path(), ShownValue.of(key, value), origin(key), value);
    return value;
  }

  private String recordDefault(ConfigKey<?> key) {
    put(key.path(), key.defaultValue(), ConfigSetting.DEFAULT, key.defaultValue());
    return key.defaultValue();
  }
}
