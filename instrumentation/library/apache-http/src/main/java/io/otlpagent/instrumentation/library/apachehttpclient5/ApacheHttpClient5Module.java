package io.otlpagent.instrumentation.library.apachehttpclient5;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/**
 * Apache HttpClient 5.0 and newer, classic. {@code ConnectExec} is the last handler that every
 * attempt passes before it has a connection: after redirects, retries and challenges. The minimal
 * client has no such chain, and makes one attempt.
 */
public final class ApacheHttpClient5Module extends InstrumentationModule {

  private static final String CLASSIC = "org.apache.hc.client5.http.impl.classic.";
  private static final String EXECUTE =
      "(Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/client5/http/classic/ExecChain$Scope;"
          + "Lorg/apache/hc/client5/http/classic/ExecChain;)"
          + "Lorg/apache/hc/core5/http/ClassicHttpResponse;";
  private static final String DO_EXECUTE =
      "(Lorg/apache/hc/core5/http/HttpHost;Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
          + "Lorg/apache/hc/client5/http/impl/classic/CloseableHttpResponse;";

  public ApacheHttpClient5Module() {
    super("apache-httpclient", "apache-httpclient-5.0");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(CLASSIC + "InternalHttpClient", on("doExecute", DO_EXECUTE).call("CallAdvice")),
        named(CLASSIC + "ConnectExec", on("execute", EXECUTE).call("AttemptAdvice")),
        named(CLASSIC + "MinimalHttpClient", on("doExecute", DO_EXECUTE).call("CallAdvice")));
  }
}
