package io.otlpagent.agent.config.value;

/**
 * Recognises the environment variables that Kubernetes makes for every Service: one named {@code
 * otlp-metrics} becomes {@code OTLP_METRICS_PORT=tcp://10.0.0.1:9464} and a dozen more, which look
 * like settings and are none. Stateless.
 */
public final class ServiceLink {

  private static final String[] PROTOCOLS = {"TCP", "UDP", "SCTP"};

  private ServiceLink() {}

  /**
   * @param name of the variable, as it is
   */
  public static boolean is(String name, String value) {
    if (name.endsWith("_SERVICE_HOST")
        || name.endsWith("_SERVICE_PORT")
        || name.contains("_SERVICE_PORT_")) {
      return true;
    }
    int port = name.indexOf("_PORT");
    return port >= 0
        && ((name.endsWith("_PORT") && isLink(value))
            || isOfProtocol(name, port + "_PORT".length()));
  }

  private static boolean isLink(String value) {
    for (String protocol : PROTOCOLS) {
      int length = protocol.length();
      if (value.regionMatches(true, 0, protocol, 0, length) && value.startsWith("://", length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name goes on like {@code _9464_TCP} or {@code _9464_TCP_ADDR}. */
  private static boolean isOfProtocol(String name, int from) {
    int end = from + 1;
    while (end < name.length() && name.charAt(end) >= '0' && name.charAt(end) <= '9') {
      end++;
    }
    if (end == from + 1 || name.charAt(from) != '_') {
      return false;
    }
    for (String protocol : PROTOCOLS) {
      int after = end + 1 + protocol.length();
      if (name.startsWith("_" + protocol, end)
          && (after == name.length() || name.charAt(after) == '_')) {
        return true;
      }
    }
    return false;
  }
}
