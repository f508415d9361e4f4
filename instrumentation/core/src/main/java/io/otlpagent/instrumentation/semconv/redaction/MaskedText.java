package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.sql.SqlChars;
import io.otlpagent.instrumentation.semconv.sql.SqlInText;
import java.util.ArrayList;
import java.util.List;

/** A text of which parts are replaced one after the other. Used by the exporter thread. */
final class MaskedText {

  /** The beginning of a text that is taken for it where a text is cut. */
  private static final int RECOGNIZED = 16;

  /** Shorter texts are words that may mean something else. */
  private static final int SHORT = 8;

  // Parts that are still to be looked at, each followed by what replaces the text after it.
  private final List<String> parts = new ArrayList<>(4);

  MaskedText(String text) {
    parts.add(text);
  }

  /** Replaces a text wherever it occurs in what has not been replaced yet. */
  void replace(String searched, String replacement) {
    if (searched.isEmpty()) {
      return;
    }
    for (int i = 0; i < parts.size(); i += 2) {
      String part = parts.get(i);
      int found = find(part, searched, 0);
      if (found >= 0) {
        parts.set(i, part.substring(0, found));
        parts.add(i + 1, replacement);
        parts.add(i + 2, part.substring(found + searched.length()));
      } else if (i == parts.size() - 1 && searched.length() > RECOGNIZED) {
        replaceCut(part, i, searched, replacement);
      }
    }
  }

  /** Replaces the beginning of a text at the end of the last part, where it was cut. */
  private void replaceCut(String part, int i, String searched, String replacement) {
    int found = part.lastIndexOf(searched.substring(0, RECOGNIZED));
    if (found >= 0 && searched.startsWith(part.substring(found))) {
      parts.set(i, part.substring(0, found));
      parts.add(replacement);
      parts.add("");
    }
  }

  private static int find(String text, String searched, int from) {
    int found = text.indexOf(searched, from);
    while (found >= 0 && searched.length() < SHORT && !isWhole(text, found, searched.length())) {
      found = text.indexOf(searched, found + 1);
    }
    return found;
  }

  /** Whether no word reaches into or out of that part of a text. */
  static boolean isWhole(String text, int start, int length) {
    int end = start + length;
    return (start == 0 || !SqlChars.isLetterOrDigit(text.charAt(start - 1)))
        && (end == text.length() || !SqlChars.isLetterOrDigit(text.charAt(end)));
  }

  /** The text, once something was done with what has not been replaced. */
  String finish(SqlInText.Outside rest) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      out.append(i % 2 == 0 ? rest.apply(parts.get(i)) : parts.get(i));
    }
    return out.toString();
  }
}
