package io.otlpagent.instrumentation.library.javahttpclient;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/**
 * The JDK's HTTP client, from 11 on. A {@code MultiExchange} is what the application sends, an
 * {@code Exchange} is one attempt: the first, or after a redirect, a challenge, a lost connection.
 */
public final class JavaHttpClientModule extends InstrumentationModule {

  private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";

  public JavaHttpClientModule() {
    super("java-http-client", "java-http-client-11");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(
            "jdk.internal.net.http.MultiExchange",
            // The first releases of JDK 11, and all others.
            on("responseAsync", "()" + FUTURE).call("SendAdvice"),
            on("responseAsync", "(Ljava/util/concurrent/Executor;)" + FUTURE).call("SendAdvice")),
        named(
            "jdk.internal.net.http.Exchange",
            on("responseAsync", "()" + FUTURE).call("AttemptAdvice")),
        named(
            "jdk.internal.net.http.HttpRequestImpl",
            on("getUserHeaders", "()Ljava/net/http/HttpHeaders;").call("UserHeadersAdvice")));
  }

  @Override
  public List<String> opens() {
    return Arrays.asList(
        "java.net.http/jdk.internal.net.http", "java.net.http/jdk.internal.net.http.common");
  }
}
