package io.otlpagent.instrumentation.library.javahttpclient;

import io.otlpagent.instrumentation.testing.Certificates;
import io.otlpagent.instrumentation.testing.LoopbackServer;
import java.net.http.HttpClient;

/** The contract over HTTP/2, agreed on by ALPN. */
class JavaHttp2ClientTest extends JavaHttpClientTest {

  @Override
  protected HttpClient.Builder client() {
    return super.client().version(HttpClient.Version.HTTP_2).sslContext(Certificates.context());
  }

  @Override
  protected LoopbackServer startServer() {
    return LoopbackServer.https();
  }

  @Override
  protected String protocolVersion() {
    return "2";
  }
}
