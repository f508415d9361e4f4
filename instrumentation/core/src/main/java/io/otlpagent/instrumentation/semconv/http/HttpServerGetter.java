package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.propagation.TextMapGetter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HTTP request and its response for the instrumenter; its headers are those of the
 * request. Stateless; decides nothing, changes nothing and never makes the server look up a name.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public interface HttpServerGetter<Q, R> extends TextMapGetter<Q> {

  @Nullable String method(Q request);

  /** The scheme by which this server was reached. */
  @Nullable String scheme(Q request);

  /** The path as it was sent: neither decoded nor normalized, without the query. */
  @Nullable String path(Q request);

  /**
   * Whether the path is better read once the request has been handled, when the server or the
   * application has made a text of it. A sampler that asks for it gets it at once.
   */
  default boolean pathAtEnd() {
    return false;
  }

  /** The query as it was sent, without its question mark. */
  @Nullable String query(Q request);

  /** The protocol as the request line has it, such as {@code HTTP/1.1}. */
  @Nullable String protocol(Q request);

  /** The address at the other end of the connection. */
  @Nullable String peerAddress(Q request);

  /** The port at the other end of the connection; 0 if unknown. */
  int peerPort(Q request);

  /**
   * The status that was sent or is about to be; 0 if there is none.
   *
   * @param thrown what escaped the application; the server makes an error of it if it still can
   */
  int status(R response, @Nullable Throwable thrown);

  /** All values of a header of the response; null or empty if it has none, or nobody can tell. */
  default @Nullable Collection<String> responseHeader(R response, String name) {
    return null;
  }
}
