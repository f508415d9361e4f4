package io.otlpagent.agent.config.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  public void derived(ConfigKey key, String value) {
    put(key.path(), value, ConfigSetting.DEFAULT, value);
  }

  /** Notes a setting that has no key of its own. */
  public void derived(String path, String value, String origin) {
    put(path, value, origin, value);
  }

  /** Notes what is left of a value that has been read; where it came from stays. */
  public void reduced(ConfigKey key, String value) {
    ConfigSetting read = effective.get(key.path());
    put(key.path(), value, read == null ? ConfigSetting.DEFAULT : read.origin(), value);
  }

  private void put(String path, String shown, String origin, String raw) {
    effective.put(path, new ConfigSetting(path, shown, origin, raw));
  }

  /** Whether any source sets it, with a usable value or not. */
  public boolean isSet(ConfigKey key) {
    return sources.isSet(key);
  }

  /** Whether a stronger source sets the first key than sets the other. */
  public boolean stronger(ConfigKey key, ConfigKey other) {
    return sources.stronger(key, other);
  }

  /** The name in normal form under which it is set; null if it is not. */
  public @Nullable String nameInUse(ConfigKey key) {
    return sources.nameInUse(key);
  }

  public String text(ConfigKey key) {
    String raw = raw(key);
    if (raw != null && !ShownValue.printable(raw).equals(raw)) {
      unusable(key, raw, "has a control character in it");
      raw = null;
    }
    return raw == null ? recordDefault(key) : record(key, raw);
  }

  /** Notes a setting without reading it: another class does. */
  public void note(ConfigKey key, boolean usable) {
    String raw = raw(key);
    if (raw == null || !usable) {
      recordDefault(key);
    } else {
      record(key, raw);
    }
  }

  /** The value as it is written, else the default; it may be unusable. */
  public String written(ConfigKey key) {
    String raw = raw(key);
    return raw == null ? key.defaultValue() : raw;
  }

  public boolean bool(ConfigKey key) {
    String raw = raw(key);
    if (raw != null && !raw.equalsIgnoreCase("true") && !raw.equalsIgnoreCase("false")) {
      unusable(key, raw, "is neither true nor false");
      raw = null;
    }
    return Boolean.parseBoolean(raw == null ? recordDefault(key) : recordBool(key, raw));
  }

  private String recordBool(ConfigKey key, String raw) {
    return record(key, raw.equalsIgnoreCase("true") ? "true" : "false");
  }

  public int integer(ConfigKey key) {
    return integer(key, Integer.parseInt(key.defaultValue()));
  }

  /**
   * @param otherwise what is used if there is no usable value; the default, if the key has one
   */
  public int integer(ConfigKey key, int otherwise) {
    String raw = raw(key);
    if (raw != null) {
      try {
        int value = Integer.parseInt(raw);
        if (key.inRange(value)) {
          record(key, raw);
          return value;
        }
      } catch (NumberFormatException e) {
        // Said below, together with the range.
      }
      unusable(key, raw, "is not a whole number from " + key.rangeInWords());
    }
    recordDefault(key);
    return otherwise;
  }

  public double decimal(ConfigKey key) {
    String raw = raw(key);
    if (raw != null) {
      try {
        double value = Double.parseDouble(raw);
        if (key.inRange(value)) {
          record(key, raw);
          return value;
        }
      } catch (NumberFormatException e) {
        // Said below, together with the range.
      }
      unusable(key, raw, "is not a number from " + key.rangeInWords());
    }
    return Double.parseDouble(recordDefault(key));
  }

  public long millis(ConfigKey key) {
    String raw = raw(key);
    if (raw != null) {
      Long millis = ValueParser.millis(raw);
      if (millis != null) {
        record(key, raw);
        return millis;
      }
      unusable(key, raw, "is not a duration such as 5s, 500ms or 500 (milliseconds)");
    }
    Long millis = ValueParser.millis(recordDefault(key));
    return millis == null ? 0 : millis;
  }

  public long bytes(ConfigKey key) {
    String raw = raw(key);
    if (raw != null) {
      Long bytes = ValueParser.bytes(raw);
      if (bytes != null) {
        record(key, raw);
        return bytes;
      }
      unusable(key, raw, "is not a size such as 256MiB, 1GiB or 1048576 (bytes)");
    }
    Long bytes = ValueParser.bytes(recordDefault(key));
    return bytes == null ? 0 : bytes;
  }

  /** In lower case. */
  public String choice(ConfigKey key) {
    String raw = raw(key);
    if (raw != null) {
      String value = raw.toLowerCase(Locale.ROOT);
      List<String> choices = ValueParser.split(key.range(), '|');
      if (choices.contains(value)) {
        return record(key, value);
      }
      unusable(key, raw, "is not one of " + inWords(choices));
    }
    return recordDefault(key);
  }

  public List<String> list(ConfigKey key) {
    String raw = raw(key);
    // In a file a list may have several lines.
    String line = raw == null ? null : raw.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    if (line != null && !ShownValue.printable(line).equals(line)) {
      unusable(key, line, "has a control character in it");
      line = null;
    }
    String text = line == null ? recordDefault(key) : record(key, line);
    return Collections.unmodifiableList(ValueParser.split(text, ','));
  }

  public Map<String, String> map(ConfigKey key) {
    String raw = raw(key);
    if (raw != null) {
      Map<String, String> pairs = ValueParser.pairs(raw);
      if (pairs != null) {
        put(key.path(), ShownValue.of(key, raw), origin(key), raw);
        return Collections.unmodifiableMap(pairs);
      }
      problem(
          key,
          ": "
              + ShownValue.quoted(key, raw)
              + " is not of the form key=value,key2=value2 (percent-encode special characters);"
              + " all of it is ignored");
    }
    recordDefault(key);
    return Collections.emptyMap();
  }

  /** How a warning names the source of a value; {@code default} if it is not set. */
  public String origin(ConfigKey key) {
    return sources.origin(key);
  }

  private @Nullable String raw(ConfigKey key) {
    return sources.raw(key);
  }

  /** Warns of a value that cannot be used, and names the default in its place. */
  public void unusable(ConfigKey key, String raw, String problem) {
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
  public void problem(ConfigKey key, String problem) {
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

  private String record(ConfigKey key, String value) {
    put(key.path(), ShownValue.of(key, value), origin(key), value);
    return value;
  }

  private String recordDefault(ConfigKey key) {
    put(key.path(), key.defaultValue(), ConfigSetting.DEFAULT, key.defaultValue());
    return key.defaultValue();
  }

  private static String inWords(List<String> choices) {
    StringBuilder text = new StringBuilder();
    for (String choice : choices) {
      text.append(text.length() == 0 ? "" : ", ").append(choice);
    }
    return text.toString();
  }
}
