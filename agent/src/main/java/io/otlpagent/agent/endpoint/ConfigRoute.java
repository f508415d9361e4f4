package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.logging.Json;

/** {@code /config}: the settings in force, where each comes from, secrets masked. */
final class ConfigRoute implements Route {

  private final SettingsSource source;

  ConfigRoute(SettingsSource source) {
    this.source = source;
  }

  @Override
  public HttpResponse respond(HttpRequest request) {
    StringBuilder json = new StringBuilder(8192).append("{\"settings\":{");
    String separator = "";
    for (ConfigSetting setting : source.settings()) {
      Json.string(json.append(separator).append("\n "), setting.path());
      Json.string(json.append(":{\"value\":"), setting.value());
      Json.string(json.append(",\"origin\":"), setting.origin()).append('}');
      separator = ",";
    }
    return HttpResponse.json(200, json.append("\n}}\n").toString());
  }
}
