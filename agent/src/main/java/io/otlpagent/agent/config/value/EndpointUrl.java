package io.otlpagent.agent.config.value;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the URL of a collector. Stateless. */
public final class EndpointUrl {

  private EndpointUrl() {}

  /**
   * Null if it is not set, or is no URL, which is said.
   *
   * @param insecure whether an address without a scheme means plain text
   */
  public static @Nullable URI of(
      ConfigValues values, ConfigKey<String> endpoint, ConfigKey<Boolean> insecure) {
    boolean relevant = values.isSet(endpoint) || values.isSet(insecure);
    boolean plain = !relevant || values.get(insecure);
    String text = values.get(endpoint);
    if (!values.isSet(endpoint) || !text.equals(values.written(endpoint))) {
      return null;
    }
    boolean bare = text.indexOf("://") < 0;
    URI uri = uri(bare ? (plain ? "http://" : "https://") + text : text);
    if (uri == null) {
      values.problem(
          endpoint,
          ": "
              + ShownValue.quoted(endpoint, text)
              + " is not a URL such as http://collector:4317; the default is used");
      values.derived(endpoint, endpoint.defaultValue());
    } else if (bare && !values.isSet(insecure)) {
      values.warn(
          values.origin(endpoint)
              + ": "
              + ShownValue.quoted(endpoint, text)
              + " has no scheme and is taken as http://"
              + uri.getRawAuthority().substring(uri.getRawAuthority().lastIndexOf('@') + 1)
              + "; write http:// or https:// in front of it");
    }
    return uri;
  }

  /** Whether it has what gRPC has no use for: its usual endpoint has no path, and port 4317. */
  public static boolean likeHttp(URI endpoint) {
    String path = endpoint.getRawPath();
    return endpoint.getPort() == 4318 || (path != null && !path.isEmpty() && !path.equals("/"));
  }

  /** The one that is meant where none is set. */
  public static URI usual(ConfigValues values, ConfigKey<?> key, boolean grpc) {
    String url = grpc ? "http://localhost:4317" : "http://localhost:4318";
    values.derived(key, url);
    return URI.create(url);
  }

  /** Null if it is none that can be connected to. */
  public static @Nullable URI uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      boolean port = uri.getPort() != 0 && uri.getPort() <= 65535;
      return http && port && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException e) {
      // Not passed on: its text repeats ours, and may hold a password.
      return null;
    }
  }
}
