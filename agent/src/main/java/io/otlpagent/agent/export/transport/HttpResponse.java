package io.otlpagent.agent.export.transport;

import java.util.Locale;
import java.util.Map;

/** What a server answered to a POST. Immutable. */
final class HttpResponse {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /**
   * @param headers with names in lower case
   */
  HttpResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  /** Empty if there is none; {@code name} in lower case. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  boolean hasToken(String name, String token) {
    return header(name).toLowerCase(Locale.ROOT).contains(token);
  }

  boolean protobuf() {
    return hasToken("content-type", "protobuf");
  }

  boolean json() {
    return hasToken("content-type", "json");
  }

  /** What proxies and portals answer, and collectors never. */
  boolean html() {
    return hasToken("content-type", "text/html");
  }

  byte[] body() {
    return body;
  }
}
