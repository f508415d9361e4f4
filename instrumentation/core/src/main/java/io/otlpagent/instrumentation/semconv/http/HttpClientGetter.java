package io.otlpagent.instrumentation.semconv.http;

import java.net.InetSocketAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the conventions need out of the requests and responses of one HTTP client. Stateless;
 * decides nothing; called on application threads.
 *
 * @param <Q> one attempt to send a request
 * @param <R> its response
 */
public interface HttpClientGetter<Q, R> {

  /** The method as it goes over the wire. */
  String method(Q request);

  /**
   * Where the request goes; null if this client does not know: then nothing is recorded, and the
   * call is left to the client inside, which does.
   */
  @Nullable HttpUrl url(Q request);

  /** The status code; 0 if there is none. */
  int status(R response);

  /** The negotiated version, such as {@code 1.1} or {@code 2}; null if unknown. */
  @Nullable String protocolVersion(R response);

  /**
   * The other end of the socket; null if unknown. Must not look up any name.
   *
   * @param response null if there is none
   */
  @Nullable InetSocketAddress peer(Q request, @Nullable R response);

  /**
   * All values of a header of the request, as far as it is known by {@link ClientCall#start}; null
   * or empty if there is none. Only asked if the operator wants it.
   *
   * @param name in lower case; a header may be written otherwise
   */
  default @Nullable Collection<String> requestHeader(Q request, String name) {
    return null;
  }

  /** Likewise of the response, as the attempt ends. */
  default @Nullable Collection<String> responseHeader(R response, String name) {
    return null;
  }

  /**
   * The length of the body that was sent, once there is a response, for a client whose headers do
   * not tell it before; -1 if unknown. Only asked if the operator wants it.
   */
  default long sentBodySize(Q request) {
    return -1;
  }
}
