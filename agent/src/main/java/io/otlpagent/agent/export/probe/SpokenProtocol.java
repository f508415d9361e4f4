package io.otlpagent.agent.export.probe;

/** What a port answered in, as far as its first bytes tell. */
public enum SpokenProtocol {
  HTTP_1,
  HTTP_2,
  /** TLS, where plain text was expected. */
  TLS,
  /** Plain text of whatever kind, where TLS was expected. */
  PLAIN_TEXT,
  /** It accepted the connection and said nothing that we know. */
  UNKNOWN
}
