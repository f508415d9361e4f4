package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.trace.attribute.AttributeKey;

/**
 * Names of attributes of HTTP spans and metrics, and those that other conventions share.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/">HTTP
 *     attributes</a>
 */
public final class HttpAttributes {

  public static final AttributeKey HTTP_REQUEST_METHOD = AttributeKey.of("http.request.method");
  public static final AttributeKey HTTP_REQUEST_METHOD_ORIGINAL =
      AttributeKey.of("http.request.method_original");
  public static final AttributeKey HTTP_RESPONSE_STATUS_CODE =
      AttributeKey.of("http.response.status_code");
  public static final AttributeKey HTTP_ROUTE = AttributeKey.of("http.route");
  public static final AttributeKey HTTP_REQUEST_RESEND_COUNT =
      AttributeKey.of("http.request.resend_count");
  public static final AttributeKey HTTP_REQUEST_BODY_SIZE =
      AttributeKey.of("http.request.body.size");
  public static final AttributeKey HTTP_RESPONSE_BODY_SIZE =
      AttributeKey.of("http.response.body.size");
  public static final AttributeKey URL_SCHEME = AttributeKey.of("url.scheme");
  public static final AttributeKey URL_PATH = AttributeKey.of("url.path");
  public static final AttributeKey URL_QUERY = AttributeKey.of("url.query");
  public static final AttributeKey URL_FULL = AttributeKey.of("url.full");
  public static final AttributeKey CLIENT_ADDRESS = AttributeKey.of("client.address");
  public static final AttributeKey SERVER_ADDRESS = AttributeKey.of("server.address");
  public static final AttributeKey SERVER_PORT = AttributeKey.of("server.port");
  public static final AttributeKey NETWORK_PEER_ADDRESS = AttributeKey.of("network.peer.address");
  public static final AttributeKey NETWORK_PEER_PORT = AttributeKey.of("network.peer.port");
  public static final AttributeKey NETWORK_PROTOCOL_NAME = AttributeKey.of("network.protocol.name");
  public static final AttributeKey NETWORK_PROTOCOL_VERSION =
      AttributeKey.of("network.protocol.version");
  public static final AttributeKey USER_AGENT_ORIGINAL = AttributeKey.of("user_agent.original");
  public static final AttributeKey PEER_SERVICE = AttributeKey.of("peer.service");
  public static final AttributeKey ERROR_TYPE = AttributeKey.of("error.type");

  private HttpAttributes() {}
}
