package io.otlpagent.agent.config;

import io.otlpagent.agent.config.value.ConfigSource;
import io.otlpagent.agent.config.value.FileText;
import io.otlpagent.agent.config.value.ShownValue;
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

  /**
   * @param remedy what to change if it cannot be read
   */
  static ConfigSource read(String file, String remedy, Collection<String> warnings) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(FileText.readAny(new File(file))));
    } catch (IOException e) {
      warnings.add(AgentConfigLoader.unreadable("properties file ", file, e) + remedy);
    } catch (IllegalArgumentException e) {
      // A backslash that begins no character. Files of properties that are no UTF-8 are ISO
      // 8859-1, as the JDK writes them.
      warnings.add(
          "properties file "
              + ShownValue.shortened(file)
              + " is ignored: "
              + e.getMessage()
              + remedy);
      properties.clear();
    }
    return ConfigSource.propertiesFile(file, properties);
  }
}
