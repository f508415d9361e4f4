package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.testing.Certificates;
import io.otlpagent.instrumentation.testing.LoopbackServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** The contract over TLS. */
class HttpsUrlConnectionTest extends HttpUrlConnectionTest {

  // Connections are reused with the same factory only.
  private static final SSLSocketFactory SOCKETS = Certificates.context().getSocketFactory();

  @Override
  protected HttpURLConnection open(String url) throws IOException {
    HttpURLConnection connection = super.open(url);
    if (connection instanceof HttpsURLConnection) {
      ((HttpsURLConnection) connection).setSSLSocketFactory(SOCKETS);
    }
    return connection;
  }

  @Override
  protected LoopbackServer startServer() {
    return LoopbackServer.https();
  }
}
