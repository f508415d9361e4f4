package io.otlpagent.agent.config;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.Properties;

/**
 * Reads the file that {@code otel.javaagent.configuration-file} names: system properties, one
 * {@code name=value} a line. A file that cannot be read is one warning.
 */
final class PropertiesFile {

  private PropertiesFile() {}

  static ConfigSource read(String file, Collection<String> warnings) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(FileText.read(new File(file))));
    } catch (IOException | IllegalArgumentException e) {
      // IllegalArgumentException: a backslash that begins no character.
      warnings.add("properties file " + file + " is ignored: " + e.getMessage());
      properties.clear();
    }
    return ConfigSource.propertiesFile(file, properties);
  }
}
