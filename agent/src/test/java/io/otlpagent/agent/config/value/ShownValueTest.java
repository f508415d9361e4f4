package io.otlpagent.agent.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.config.AllKeys;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://bob:hush@host:6379",
        "redis%3A%2F%2Fbob%3Ahush%40host%3A6379",
        "redis%3a%2f%2fbob%3ahush%40host",
        "redis%253A%252F%252Fbob%253Ahush%2540host",
        "redis%3A%2F%2Fbob%3Ahush%40host%zz",
        "redis://bob:hush%40host:6379",
        "redis://:hush@host",
        "redis://hush@host",
        "bob:hush@host:6379",
        "http://host/path?key=hush",
        "http%3A%2F%2Fhost%2F%3Fkey%3Dhush",
        "http://a@b/x://bob:hush@host",
        "x,redis://bob:hu,sh@host",
      })
  void passwordOfAProbeIsNowhere(String url) {
    AgentConfig config =
        AgentConfigLoader.load(
            null, new Properties(), Map.of("OTLP_SERVER_READY_PROBES", "cache=" + url));

    assertThat(config.describe().toString() + config.warnings())
        .doesNotContain("hush")
        .doesNotContain("hu,sh");
  }

  @Test
  void noSettingShowsAPassword() {
    for (ConfigKey<?> key : AllKeys.all()) {
      for (String url :
          List.of("http://bob:hush@h/", "http%3A%2F%2Fbob%3Ahush%40h", "a=b:hush@h")) {
        Properties properties = new Properties();
        properties.setProperty(key.property(), url);

        AgentConfig config = AgentConfigLoader.load(null, properties, Map.of());

        assertThat(config.describe() + " " + config.warnings())
            .as(key.path())
            .doesNotContain("hush");
      }
    }
  }

  @Test
  void entryWithTheNameOfASecretIsMasked() {
    assertThat(shown("team=a,api_key=hush,Auth-Token=hush,db.password=hush"))
        .isEqualTo("team=a,api_key=***,Auth-Token=***,db.password=***");
  }

  @Test
  void valueWithoutSecretsStaysAsItIsWritten() {
    assertThat(shown("a=b%2Cc,mail=bob@example.com,time=10:20,url=http://host:1/p"))
        .isEqualTo("a=b%2Cc,mail=bob@example.com,time=10:20,url=http://host:1/p");
  }

  private static String shown(String attributes) {
    ConfigKey<?> key = ConfigKey.map("resource.attributes", "d");
    return ShownValue.of(key, attributes);
  }
}
