package io.otlpagent.agent.config.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyConfigTest {

  @TempDir Path directory;

  private final Map<String, String> environment = new HashMap<>();

  @Test
  void thereIsNoProxyUnlessTheAgentsOwnSettingNamesOne() {
    environment.put("HTTPS_PROXY", "http://other:3128");
    Properties properties = new Properties();
    properties.setProperty("http.proxyHost", "other");
    properties.setProperty("otlp.endpoint", "http://collector:4317");

    assertThat(AgentConfigLoader.load(null, properties, environment).otlp().proxyUrl()).isNull();
  }

  @Test
  void userAndPasswordOfTheUrlAreDecodedAndNeverShown() {
    AgentConfig config = load("http://bob:hu%40sh@proxy:3128", "http://collector:4317");

    assertThat(config.otlp().proxyUrl()).isEqualTo("http://proxy:3128");
    assertThat(config.otlp().proxyCredentials()).isEqualTo("bob:hu@sh");
    assertThat(config.describe().toString())
        .contains("http://***@proxy:3128")
        .doesNotContain("bob");
  }

  @Test
  void credentialsComeFromTheFileAsItIsNow() throws IOException {
    Path file = Files.writeString(directory.resolve("proxy"), "bob:old\n");
    environment.put("OTLP_PROXY_CREDENTIALS_FILE", file.toString());
    AgentConfig config = load("http://proxy:3128", "http://collector:4317");
    assertThat(config.otlp().proxyCredentials()).isEqualTo("bob:old");

    Files.writeString(file, "bob:new");
    assertThat(config.otlp().proxyCredentials()).isEqualTo("bob:new");
    assertThat(config.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:4317           |                      | false",
        "127.0.0.9:4317           |                      | false",
        "[::1]:4317               |                      | false",
        "collector:4317           |                      | true",
        "localhost:4317           | none                 | true",
        "collector:4317           | *                    | false",
        "collector.shop.svc:4317  | svc                  | false",
        "collector.shop.svc:4317  | .svc                 | false",
        "collector.shop.svc:4317  | *.shop.svc           | false",
        "collector.shopsvc:4317   | svc                  | true",
        "Collector:4317           | x, COLLECTOR         | false",
        "10.1.2.3:4317            | 10.0.0.0/8           | false",
        "11.1.2.3:4317            | 10.0.0.0/8           | true",
        "10.1.2.3:4317            | 10.1.2.2/31          | false",
        "10.1.2.3:4317            | 10.1.2.0/x, /, a/8   | true",
        "[fd00:1::2]:4317         | fd00::/8             | false",
      })
  void exceptionsAreReachedDirectly(String endpoint, String noProxy, boolean proxied) {
    if (noProxy != null) {
      environment.put("OTLP_PROXY_NO_PROXY", noProxy);
    }

    AgentConfig config = load("http://proxy:3128", "http://" + endpoint);

    assertThat(config.otlp().proxyUrl() != null).isEqualTo(proxied);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://proxy:3128", "socks5://proxy:1080", "http://", "a b"})
  void whatIsNoHttpProxyIsAWarning(String url) {
    AgentConfig config = load(url, "http://collector:4317");

    assertThat(config.warnings()).hasSize(1).first().asString().contains("OTLP_PROXY_URL");
    assertThat(config.otlp().proxyUrl()).isNull();
  }

  private AgentConfig load(String proxy, String endpoint) {
    environment.put("OTLP_PROXY_URL", proxy);
    environment.put("OTLP_ENDPOINT", endpoint);
    return AgentConfigLoader.load(null, new Properties(), environment);
  }
}
