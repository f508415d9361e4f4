package io.otlpagent.agent.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The name that a Spring application gives itself in its own jar. Of YAML it understands what this
 * needs, nested keys and plain or quoted text, because a parser costs a hundred classes.
 */
final class SpringName {

  static final String KEY = "spring.application.name";

  private static final String[] FOLDERS = {"BOOT-INF/classes/", "WEB-INF/classes/", ""};
  private static final int MAX_LINES = 5000;

  private SpringName() {}

  /** Empty if there is none, or only one with a placeholder. */
  static String in(JarFile jar) throws IOException {
    for (String folder : FOLDERS) {
      for (String file : new String[] {"config/application", "application"}) {
        String name = in(jar, folder + file);
        if (!name.isEmpty()) {
          return name;
        }
      }
    }
    return "";
  }

  private static String in(JarFile jar, String path) throws IOException {
    ZipEntry properties = jar.getEntry(path + ".properties");
    if (properties != null) {
      try (InputStream in = jar.getInputStream(properties)) {
        Properties read = new Properties();
        read.load(in);
        String name = usable(read.getProperty(KEY, ""));
        if (!name.isEmpty()) {
          return name;
        }
      }
    }
    for (String extension : new String[] {".yml", ".yaml"}) {
      ZipEntry yaml = jar.getEntry(path + extension);
      if (yaml != null) {
        try (InputStream in = jar.getInputStream(yaml)) {
          return usable(ofYaml(in));
        }
      }
    }
    return "";
  }

  private static String usable(String name) {
    return name.contains("${") || name.contains("@") ? "" : name.trim();
  }

  /** Of the first document. */
  private static String ofYaml(InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    // How far the parts of the key that lead here are indented; -1 for none.
    int[] indents = {-1, -1, -1};
    int depth = 0;
    String[] keys = KEY.split("\\.", -1);
    String line = reader.readLine();
    for (int i = 0; line != null && i < MAX_LINES; i++, line = reader.readLine()) {
      String text = line.trim();
      if (line.startsWith("---") && i > 0) {
        return "";
      }
      int colon = text.indexOf(':');
      if (colon <= 0 || text.charAt(0) == '#') {
        continue;
      }
      int indent = line.indexOf(text);
      while (depth > 0 && indent <= indents[depth - 1]) {
        depth--;
      }
      int matched = matched(keys, depth, text.substring(0, colon).trim());
      if (matched == keys.length) {
        return value(text.substring(colon + 1).trim());
      }
      for (; depth < matched; depth++) {
        indents[depth] = indent;
      }
    }
    return "";
  }

  /** How many parts of the key lead here if a line has this key, which may have dots itself. */
  private static int matched(String[] keys, int depth, String key) {
    StringBuilder path = new StringBuilder();
    for (int i = depth; i < keys.length; i++) {
      path.append(path.length() == 0 ? "" : ".").append(keys[i]);
      if (path.toString().equals(key)) {
        return i + 1;
      }
    }
    return depth;
  }

  private static String value(String text) {
    char quote = text.isEmpty() ? ' ' : text.charAt(0);
    if (quote == '"' || quote == '\'') {
      int end = text.indexOf(quote, 1);
      return end < 0 ? "" : text.substring(1, end);
    }
    int comment = text.indexOf(" #");
    return (comment < 0 ? text : text.substring(0, comment)).trim();
  }
}
