package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.testing.LibraryClient;

/** The contract with the newest version. */
class ApacheHttpClient56Test extends ApacheHttpClient50Test {

  @Override
  protected LibraryClient makeClient() throws Exception {
    return Clients.make("httpclient-5.6", "ApacheHttpClient5");
  }

  @Override
  protected String refusedTunnelType() {
    return "502";
  }

  @Override
  protected boolean acceptsUserInfo() {
    return false;
  }
}
