package io.otlpagent.agent.config;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads export headers from a file, so that a secret need not stand in an environment variable. */
final class HeadersFile {

  private HeadersFile() {}

  /**
   * The headers of the file, one {@code name: value} or {@code name=value} a line; {@code #} begins
   * a comment. Never shows a line in a warning.
   *
   * @param headers that are set elsewhere and win
   */
  static Map<String, String> read(String file, Map<String, String> headers, ConfigValues values) {
    Map<String, String> all = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String text = line.trim();
        int separator = separator(text);
        if (separator > 0) {
          all.put(text.substring(0, separator).trim(), text.substring(separator + 1).trim());
        } else if (!text.isEmpty() && text.charAt(0) != '#') {
          values.warn("otlp.headers_file: line " + number + " is not of the form name: value");
        }
      }
    } catch (IOException e) {
      values.warn("otlp.headers_file: " + file + " cannot be read: " + e.getMessage());
    }
    all.putAll(headers);
    return Collections.unmodifiableMap(all);
  }

  /** The first colon or equals sign; -1 if there is none or the line is a comment. */
  private static int separator(String line) {
    for (int i = 0; i < line.length() && line.charAt(0) != '#'; i++) {
      if (line.charAt(i) == ':' || line.charAt(i) == '=') {
        return i;
      }
    }
    return -1;
  }
}
