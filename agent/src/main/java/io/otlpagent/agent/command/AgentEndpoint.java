package io.otlpagent.agent.command;

import io.otlpagent.agent.config.value.YamlText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Asks the endpoint of a running agent. Stateless. */
final class AgentEndpoint {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MOST_BYTES = 4 << 20;

  private AgentEndpoint() {}

  /**
   * What {@code /doctor} says.
   *
   * @param url of the endpoint, with or without a path
   */
  static String doctor(String url) throws CommandException {
    URL address = address(url);
    try {
      HttpURLConnection connection = (HttpURLConnection) address.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      int status = connection.getResponseCode();
      if (status == 404) {
        throw CommandException.problem(
            address + " answers 404: it is not otlp-agent's endpoint, or of a version without it");
      }
      if (status != 200) {
        throw CommandException.problem(address + " answers HTTP " + status);
      }
      return read(connection.getInputStream());
    } catch (IOException e) {
      throw CommandException.problem(
          "no answer from "
              + address
              + " ("
              + e
              + "): is it where the agent's first log line says that its endpoint is?");
    }
  }

  private static URL address(String url) throws CommandException {
    try {
      URL address = new URL(withPath(url));
      boolean http = address.getProtocol().equals("http") || address.getProtocol().equals("https");
      if (http && !address.getHost().isEmpty() && address.getPort() <= 65535) {
        return address;
      }
    } catch (MalformedURLException e) {
      // Said below.
    }
    throw CommandException.usage(
        "'" + url + "' is not the URL of an endpoint, such as http://localhost:9464");
  }

  private static String withPath(String url) {
    String address = url.contains("://") ? url : "http://" + url;
    int path = address.indexOf('/', address.indexOf("://") + 3);
    String base = path < 0 ? address : address.substring(0, path);
    // Where it listens on all addresses it is reached by the loopback one.
    return base.replace("://0.0.0.0:", "://127.0.0.1:").replace("://[::]:", "://[::1]:")
        + "/doctor";
  }

  private static String read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > MOST_BYTES) {
        throw new IOException("more than " + MOST_BYTES + " bytes");
      }
    }
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  /**
   * JSON is YAML, and we have a reader of that; every value is its text.
   *
   * @param json as {@link #doctor} gives it
   */
  static Map<?, ?> parse(String json) throws CommandException {
    try {
      Object tree = YamlText.read("answer", json, new HashMap<>());
      if (tree instanceof Map) {
        return (Map<?, ?>) tree;
      }
    } catch (IOException e) {
      throw CommandException.problem("this is not the endpoint of otlp-agent: " + e.getMessage());
    }
    throw CommandException.problem("this is not the endpoint of otlp-agent");
  }
}
