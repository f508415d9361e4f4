package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.testing.HttpAuthenticationContract;
import io.otlpagent.instrumentation.testing.LibraryClient;

/** Requests that the client sends again with credentials. */
class ApacheHttpClient5AuthenticationTest extends HttpAuthenticationContract {

  @Override
  protected int send(Authenticated request) throws Exception {
    try (LibraryClient client = Clients.make("httpclient-5.6", "ApacheHttpClient5")) {
      return client.sendWithCredentials(request);
    }
  }
}
