package io.otlpagent.instrumentation.library.servletjakarta;

import static io.otlpagent.instrumentation.TypeInstrumentation.subtypesOf;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/** Requests that a servlet container with the {@code jakarta} names hands to an application. */
public final class ServletJakartaModule extends InstrumentationModule {

  private static final String REQUEST_AND_RESPONSE =
      "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;";

  public ServletJakartaModule() {
    super("servlet", "servlet-jakarta-5.0");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        subtypesOf(
            "jakarta.servlet.Servlet",
            MethodAdvice.on("service", REQUEST_AND_RESPONSE + ")V").call("ServiceAdvice")),
        subtypesOf(
            "jakarta.servlet.Filter",
            MethodAdvice.on("doFilter", REQUEST_AND_RESPONSE + "Ljakarta/servlet/FilterChain;)V")
                .call("DoFilterAdvice")));
  }
}
