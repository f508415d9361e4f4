package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigKey;
import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.ConfigValues;
import java.util.HashMap;
import java.util.Map;

/**
 * Warns of names that mean nothing to the agent, with the one that was probably meant. Loaded only
 * if something is set.
 */
public final class UnknownNames {

  /** A file of something else has thousands. */
  private static final int MAX_UNKNOWN = 20;

  private static final int MAX_NAME = 150;

  private UnknownNames() {}

  static void warn(ConfigSource source, ConfigValues values) {
    Map<String, ConfigKey<?>> known = new HashMap<>();
    for (ConfigKey<?> key : AllKeys.all()) {
      for (String name : key.lookupNames()) {
        known.put(name, key);
      }
    }
    int unknown = 0;
    for (String name : source.names()) {
      String unsupported = NotHonoured.warning(name);
      String value = source.value(name);
      if (unsupported != null) {
        // What is switched off anyway needs no remark.
        if (!"false".equalsIgnoreCase(value)) {
          values.warn(source.origin(name) + ": " + unsupported);
        }
      } else if (name.startsWith("otlp_")
          && !known.containsKey(name)
          && !source.origin(name).startsWith("environment variable ")) {
        // Not for the environment: Kubernetes makes variables such as OTLP_PORT for a service.
        if (++unknown <= MAX_UNKNOWN) {
          values.warn(source.origin(name) + " is unknown and is ignored" + hint(name, known));
        }
      }
    }
    if (unknown > MAX_UNKNOWN) {
      values.warn(
          source + ": " + (unknown - MAX_UNKNOWN) + " more keys are unknown and are ignored");
    }
    for (String duplicate : source.duplicates()) {
      values.warn(duplicate + " is set more than once; keep one of them");
    }
  }

  /** What is longer than any key is not compared: that takes as long as both are. */
  private static String hint(String name, Map<String, ConfigKey<?>> known) {
    return name.length() > MAX_NAME ? "" : "; did you mean " + nearest(name, known) + "?";
  }

  private static String nearest(String name, Map<String, ConfigKey<?>> known) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (Map.Entry<String, ConfigKey<?>> entry : known.entrySet()) {
      int distance = distance(name, entry.getKey());
      String path = entry.getValue().path();
      if (distance < bestDistance || (distance == bestDistance && path.compareTo(best) < 0)) {
        best = path;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** How many letters to insert, remove or change to get from one to the other (Levenshtein). */
  public static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[to.length()];
  }
}
