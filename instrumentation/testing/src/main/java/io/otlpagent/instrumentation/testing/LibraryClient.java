package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.testing.HttpAuthenticationContract.Authenticated;
import io.otlpagent.instrumentation.testing.HttpClientCalls.Request;
import io.otlpagent.instrumentation.testing.HttpClientCalls.Response;
import java.util.List;
import java.util.Map;

/**
 * A client that a class loader has with a version of its library, as {@link HttpClientCalls} says.
 */
public interface LibraryClient extends AutoCloseable {

  Response send(Request request) throws Exception;

  void sendImpatiently(Request request) throws Exception;

  int sendThroughProxy(Request request, int proxyPort) throws Exception;

  Map<String, List<String>> sendAndReadHeaders(Request request) throws Exception;

  Runnable sendToCancel(Request request) throws Exception;

  /** Sends a request with the credentials for whoever asks, and returns the last status. */
  int sendWithCredentials(Authenticated request) throws Exception;
}
