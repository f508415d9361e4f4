package io.otlpagent.instrumentation.library.httpurlconnection;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/**
 * The JDK's own {@code HttpURLConnection}. Its public methods say when the application calls; the
 * connection below them writes requests and reads responses, also those that the JDK sends by
 * itself: after a redirect, a challenge, or on a stale connection.
 */
public final class HttpUrlConnectionModule extends InstrumentationModule {

  private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";
  private static final String HTTPS_CONNECTION =
      "sun.net.www.protocol.https.AbstractDelegateHttpsURLConnection";
  private static final String CLIENT = "sun.net.www.http.HttpClient";

  public HttpUrlConnectionModule() {
    super("http-url-connection", "http-url-connection");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(
            CONNECTION,
            on("connect", "()V").call("ConnectAdvice"),
            on("getOutputStream", "()Ljava/io/OutputStream;").call("CallAdvice"),
            on("getInputStream", "()Ljava/io/InputStream;").call("CallAdvice"),
            on("disconnect", "()V").call("DisconnectAdvice")),
        named(HTTPS_CONNECTION, on("connect", "()V").call("ConnectAdvice")),
        named(
            CLIENT,
            on(
                    "writeRequests",
                    "(Lsun/net/www/MessageHeader;Lsun/net/www/http/PosterOutputStream;)V")
                .call("WriteRequestAdvice"),
            // JDK 8 to 24, and 25.
            on(
                    "parseHTTP",
                    "(Lsun/net/www/MessageHeader;Lsun/net/ProgressSource;"
                        + "Lsun/net/www/protocol/http/HttpURLConnection;)Z")
                .call("ReadResponseAdvice"),
            on(
                    "parseHTTP",
                    "(Lsun/net/www/MessageHeader;"
                        + "Lsun/net/www/protocol/http/HttpURLConnection;)Z")
                .call("ReadResponseAdvice")));
  }

  @Override
  public List<String> opens() {
    return Arrays.asList(
        "java.base/sun.net", "java.base/sun.net.www", "java.base/sun.net.www.protocol.http");
  }
}
