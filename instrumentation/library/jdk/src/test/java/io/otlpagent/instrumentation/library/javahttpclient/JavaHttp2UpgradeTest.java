package io.otlpagent.instrumentation.library.javahttpclient;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

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

  @Override
  protected @Nullable Long sizeOfSentBody(Long size) {
    // What sent it over HTTP/1.1 is gone by the time that the response comes over HTTP/2.
    return null;
  }
}
