package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.testing.LibraryClient;
import io.otlpagent.instrumentation.testing.LibraryClientContract;

/** The contract with the oldest version. */
class ApacheHttpClient50Test extends LibraryClientContract {

  @Override
  protected LibraryClient makeClient() throws Exception {
    return Clients.make("httpclient-5.0", "ApacheHttpClient5");
  }

  @Override
  protected String scope() {
    return "apache-httpclient";
  }

  @Override
  protected String refusedType() {
    return "org.apache.hc.client5.http.HttpHostConnectException";
  }

  @Override
  protected String unknownHostType() {
    return "java.net.UnknownHostException";
  }

  @Override
  protected String timeoutType() {
    return "java.net.SocketTimeoutException";
  }

  @Override
  protected String lostConnectionType() {
    return "org.apache.hc.core5.http.NoHttpResponseException";
  }

  @Override
  protected String refusedTunnelType() {
    return "org.apache.hc.client5.http.impl.TunnelRefusedException";
  }

  @Override
  protected String shownUserInfo() {
    return "";
  }
}
