package io.otlpagent.agent.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the URL of a collector. Stateless. */
final class EndpointUrl {

  private EndpointUrl() {}

  /**
   * Null if it is not set, or is no URL, which is said.
   *
   * @param insecure whether an address without a scheme means plain text
   */
  static @Nullable URI of(ConfigValues values, ConfigKey endpoint, ConfigKey insecure) {
    String text = values.text(endpoint);
    if (!values.isSet(endpoint)) {
      return null;
    }
    String shown = ConfigSetting.withoutPassword(text);
    boolean plain = values.bool(insecure);
    if (text.indexOf("://") < 0) {
      if (!values.isSet(insecure)) {
        values.warn(
            values.origin(endpoint)
                + ": '"
                + shown
                + "' has no scheme and is taken as http://"
                + shown
                + "; write http:// or https:// in front of it");
      }
      text = (plain ? "http://" : "https://") + text;
    }
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      if (http && uri.getHost() != null && uri.getPort() <= 65535) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the text of the exception, which repeats ours.
    }
    values.problem(
        endpoint,
        ": '"
            + ConfigSetting.withoutPassword(text)
            + "' is not a URL such as http://collector:4317; the default is used");
    return null;
  }
}
