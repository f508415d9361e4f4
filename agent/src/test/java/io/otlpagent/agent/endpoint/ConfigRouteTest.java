package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigRouteTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OTLP_SERVER_PORT", "0",
          "OTLP_BATCH_MAX_SIZE", "7",
          "OTEL_EXPORTER_OTLP_ENDPOINT", "http://user:hush1@127.0.0.1:1/?token=hush2",
          "OTEL_EXPORTER_OTLP_HEADERS", "api-key=hush3",
          "OTLP_SERVER_READY_PROBES", "cache=redis://user:hush4@127.0.0.1:1");

  @Test
  @SuppressWarnings("unchecked") // JSON is YAML, and has these types.
  void settingsAreToldWithTheirOriginAndWithoutSecrets() throws IOException {
    AgentConfig config = AgentConfigLoader.load(null, new Properties(), ENVIRONMENT);
    Endpoint endpoint = endpoint(config, false);
    try {
      endpoint.start();

      RawClient.Answer answer = RawClient.get(endpoint.ports().get(0), "/config");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("hush");
      Map<String, Object> root =
          (Map<String, Object>)
              new Load(LoadSettings.builder().build()).loadFromString(answer.body());
      assertThat((Map<String, Object>) root.get("settings"))
          .containsEntry(
              "batch.max_size",
              Map.of("value", "7", "origin", "environment variable OTLP_BATCH_MAX_SIZE"))
          .containsEntry("batch.timeout", Map.of("value", "5s", "origin", "default"))
          .containsEntry(
              "otlp.headers",
              Map.of(
                  "value",
                  "api-key=***",
                  "origin",
                  "environment variable OTEL_EXPORTER_OTLP_HEADERS"));
    } finally {
      endpoint.stop();
    }
  }

  @Test
  void readinessSaysThatTheAgentIsSwitchedOff() throws IOException {
    AgentConfig config =
        AgentConfigLoader.load("server.ready.require=collector", new Properties(), ENVIRONMENT);
    Endpoint endpoint = endpoint(config, true);
    try {
      endpoint.start();

      RawClient.Answer answer = RawClient.get(endpoint.ports().get(0), "/ready");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("\"collector\":false", "\"enabled\":false");
    } finally {
      endpoint.stop();
    }
  }

  private static Endpoint endpoint(AgentConfig config, boolean paused) {
    return new Endpoint(
        config.server(),
        config.otlp(),
        "1",
        new EndpointSources(
            () -> null, new Ready(paused), List.of(), () -> config.settings().values()));
  }

  private static final class Ready implements ReadySource {

    private final boolean paused;

    Ready(boolean paused) {
      this.paused = paused;
    }

    @Override
    public boolean started() {
      return true;
    }

    @Override
    public boolean paused() {
      return paused;
    }

    @Override
    public @Nullable Boolean collector() {
      return false;
    }

    @Override
    public @Nullable Boolean database() {
      return null;
    }
  }
}
