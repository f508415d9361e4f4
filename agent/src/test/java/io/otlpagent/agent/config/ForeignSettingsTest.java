package io.otlpagent.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.value.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignSettingsTest {

  @Test
  void settingsOfOtherAgentsAreNamedWithOursAndWithoutTheirValues() {
    Properties properties = new Properties();
    properties.setProperty("elastic.apm.service.name", "shop");

    String remark =
        ForeignSettings.remark(
            Map.of("DD_SERVICE", "shop", "NEW_RELIC_LICENSE_KEY", "hush"), properties);

    assertThat(remark)
        .isEqualTo(
            "settings of other agents are ignored: DD_SERVICE (here: service.name),"
                + " NEW_RELIC_LICENSE_KEY (here: otlp.headers), elastic.apm.service.name (here:"
                + " service.name)");
    assertThat(ForeignSettings.remark(Map.of("PATH", "/bin"), new Properties())).isNull();
  }

  @Test
  void noNameIsBothHonouredAndNot() {
    for (ConfigKey<?> key : AllKeys.all()) {
      for (String name : key.lookupNames()) {
        assertThat(NotHonoured.contains(name)).as(name).isFalse();
      }
    }
  }

  @Test
  void whatSomebodyMayRelyOnIsWarnedOf() {
    AgentConfig config =
        AgentConfigLoader.load(
            null,
            new Properties(),
            Map.of(
                "OTEL_JAVAAGENT_EXTENSIONS", "/x.jar",
                "OTEL_CONFIG_FILE", "/x",
                "OTEL_LOGS_EXPORTER", "otlp"));

    assertThat(config.warnings())
        .hasSameElementsAs(
            List.of(
                "environment variable OTEL_JAVAAGENT_EXTENSIONS: extensions are not supported and"
                    + " are ignored",
                "environment variable OTEL_CONFIG_FILE: declarative configuration is not supported"
                    + " and is ignored; set OTLP_CONFIG_FILE to a config.yaml of this agent"));
  }

  @Test
  void switchesOfWhatThereIsNotAreFound() {
    AgentConfig config =
        AgentConfigLoader.load(
            null,
            new Properties(),
            Map.of(
                "OTLP_INSTRUMENTATION_DISABLED", "jdbc,servle",
                "OTEL_INSTRUMENTATION_NETTY_ENABLED", "false",
                "OTEL_JAVAAGENT_EXCLUDE_CLASSES", "com.acme.*, org.Driver",
                "OTEL_JAVAAGENT_EXCLUDE_CLASS_LOADERS", "groovy.lang.*"));

    assertThat(config.instrumentation().unknownNames(List.of("jdbc", "servlet")))
        .containsExactly("netty", "servle");
    assertThat(config.instrumentation().excludedClasses())
        .containsExactly("com.acme.*", "org.Driver");
    assertThat(config.instrumentation().excludedClassLoaders()).containsExactly("groovy.lang.*");
  }

  @Test
  void propertiesFileOfOpenTelemetryIsRead(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("otel.properties");
    Files.writeString(file, "otel.service.name=from-file\notel.bsp.schedule.delay=100\n");
    Map<String, String> environment =
        Map.of(
            "OTEL_JAVAAGENT_CONFIGURATION_FILE", file.toString(), "OTEL_BSP_SCHEDULE_DELAY", "200");

    AgentConfig config = AgentConfigLoader.load(null, new Properties(), environment);

    assertThat(config.resource().serviceName()).isEqualTo("from-file");
    assertThat(config.batch().timeoutNanos()).isEqualTo(200_000_000L);
    assertThat(config.settings().get("service.name").origin())
        .isEqualTo("properties file " + file + ": otel.service.name");
  }
}
