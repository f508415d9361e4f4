package io.otlpagent.instrumentation.testing;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of a client whose library each test loads in a class loader of its own. */
public abstract class LibraryClientContract extends HttpClientContract {

  private LibraryClient client;

  /** Makes a client in a class loader with its library. */
  protected abstract LibraryClient makeClient() throws Exception;

  @BeforeEach
  void openClient() throws Exception {
    client = makeClient();
  }

  @AfterEach
  void closeClient() throws Exception {
    client.close();
  }

  @Override
  protected final Response send(Request request) throws Exception {
    return client.send(request);
  }

  @Override
  protected final void sendImpatiently(Request request) throws Exception {
    client.sendImpatiently(request);
  }

  @Override
  protected final int sendThroughProxy(Request request, int proxyPort) throws Exception {
    return client.sendThroughProxy(request, proxyPort);
  }

  @Override
  protected final Map<String, List<String>> sendAndReadHeaders(Request request) throws Exception {
    return client.sendAndReadHeaders(request);
  }

  @Override
  protected final Runnable sendToCancel(Request request) throws Exception {
    return client.sendToCancel(request);
  }
}
