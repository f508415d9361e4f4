package io.otlpagent.instrumentation.semconv;

import java.util.Locale;
import java.util.Set;

/**
 * The keys of queries whose values are secret. Most keys are not among them, and that is found out
 * without a string of the key. Immutable.
 */
public final class SecretKeys {

  private final Set<String> signatures;
  private final Set<String> secrets;

  // For each first character, in lower case: a bit for each length of such a key.
  private final int[] lengths = new int[0x80];

  /**
   * @param signatures compared as written
   * @param secrets in lower case, compared without regard to case
   */
  SecretKeys(Set<String> signatures, Set<String> secrets) {
    this.signatures = signatures;
    this.secrets = secrets;
    // Not forEach: this runs before the application's main, and the first lambda costs 5 ms.
    addAll(signatures);
    addAll(secrets);
  }

  private void addAll(Set<String> keys) {
    for (String key : keys) {
      add(key);
    }
  }

  private void add(String key) {
    if (!key.isEmpty() && key.charAt(0) < 0x80) {
      lengths[lower(key.charAt(0))] |= bit(key.length());
    }
  }

  /** Whether that part of a text is such a key, perhaps percent-encoded. */
  public boolean contains(String text, int from, int to) {
    if (from == to) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '%' || c >= 0x80) {
        return containsWhole(decoded(text.substring(from, to)));
      }
    }
    return (lengths[lower(text.charAt(from))] & bit(to - from)) != 0
        && containsWhole(text.substring(from, to));
  }

  private boolean containsWhole(String key) {
    return signatures.contains(key) || secrets.contains(key.toLowerCase(Locale.ROOT));
  }

  /** Percent-encoded ASCII decoded, so that encoding a key does not hide it. */
  public static String decoded(String key) {
    StringBuilder decoded = new StringBuilder(key.length());
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '%' && i + 2 < key.length()) {
        int high = Character.digit(key.charAt(i + 1), 16);
        int low = Character.digit(key.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          c = (char) (high << 4 | low);
          i += 2;
        }
      }
      decoded.append(c);
    }
    return decoded.toString();
  }

  private static int bit(int length) {
    return 1 << Math.min(length, 31);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
