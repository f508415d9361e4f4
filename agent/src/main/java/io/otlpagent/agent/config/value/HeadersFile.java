package io.otlpagent.agent.config.value;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Export headers from a file, so that a secret need not stand in an environment variable. The file
 * is read anew when it has changed: tokens are exchanged while the application runs. Thread-safe.
 */
public final class HeadersFile implements Supplier<Map<String, String>> {

  private final File file;
  private final Map<String, String> others;
  private long stamp;
  private Map<String, String> current;

  /**
   * @param others that are set elsewhere and win
   * @param origin of the name of the file, for warnings
   */
  public HeadersFile(String file, Map<String, String> others, String origin, ConfigValues values) {
    this.file = new File(file);
    this.others = others;
    this.stamp = stamp();
    this.current = others;
    List<String> problems = new ArrayList<>();
    try {
      current = read(problems);
    } catch (IOException e) {
      values.warn(
          origin
              + ": "
              + ShownValue.shortened(file)
              + " cannot be read: "
              + ShownValue.shortened(e.getMessage())
              + "; it is looked for again with every export");
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - 1;
      values.warn(
          origin
              + ": "
              + problems.get(0)
              + (more == 0 ? "" : "; " + more + " more are left out, too"));
    }
  }

  /** What the file says now; what it said before while it cannot be read. */
  @Override
  public synchronized Map<String, String> get() {
    long now = stamp();
    if (now != stamp) {
      try {
        current = read(new ArrayList<>());
        stamp = now;
      } catch (IOException e) {
        // It is being replaced; the next request looks again.
        return current;
      }
    }
    return current;
  }

  private long stamp() {
    return 31 * file.lastModified() + file.length();
  }

  /**
   * One {@code name: value} or {@code name=value} a line; {@code #} begins a comment. Never shows a
   * line among the problems.
   */
  private Map<String, String> read(List<String> problems) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    try (BufferedReader reader = new BufferedReader(new StringReader(FileText.read(file)))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String text = line.trim();
        int separator = separator(text);
        if (separator > 0 && !ShownValue.printable(text).equals(text)) {
          problems.add("line " + number + " is not without control characters");
        } else if (separator > 0) {
          all.put(text.substring(0, separator).trim(), text.substring(separator + 1).trim());
        } else if (!text.isEmpty() && text.charAt(0) != '#') {
          problems.add("line " + number + " is not of the form name: value");
        }
      }
    }
    all.putAll(others);
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
