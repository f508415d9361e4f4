package io.otlpagent.instrumentation.library.javahttpclient;

import java.net.http.HttpClient;

/** The contract over HTTP/2 without TLS: the first request asks for the upgrade (h2c). */
class JavaHttp2UpgradeTest extends JavaHttpClientTest {

  @Override
  protected HttpClient.Builder client() {
    return super.client().version(HttpClient.Version.HTTP_2);
  }

  @Override
  protected String protocolVersion() {
    return "2";
  }
}
