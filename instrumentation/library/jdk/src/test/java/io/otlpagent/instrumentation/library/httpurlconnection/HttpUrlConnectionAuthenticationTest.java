package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.testing.HttpAuthenticationContract;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Requests that the JDK sends again with credentials. */
class HttpUrlConnectionAuthenticationTest extends HttpAuthenticationContract {

  @Override
  protected int send(Authenticated request) throws Exception {
    Proxy proxy =
        request.proxyPort() == null
            ? Proxy.NO_PROXY
            : new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", request.proxyPort()));
    HttpURLConnection connection = (HttpURLConnection) new URL(request.url()).openConnection(proxy);
    connection.setAuthenticator(request.credentials());
    connection.setRequestMethod(request.method());
    request
        .headers()
        .forEach((name, values) -> values.forEach(v -> connection.addRequestProperty(name, v)));
    if (request.method().equals("POST")) {
      connection.setDoOutput(true);
      connection.getOutputStream().write("text".getBytes(StandardCharsets.UTF_8));
    }
    return connection.getResponseCode();
  }
}
