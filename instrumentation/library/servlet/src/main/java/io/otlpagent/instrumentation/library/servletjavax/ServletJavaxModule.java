package io.otlpagent.instrumentation.library.servletjavax;

import static io.otlpagent.instrumentation.TypeInstrumentation.subtypesOf;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/** Requests that a servlet container with the {@code javax} names hands to an application. */
public final class ServletJavaxModule extends InstrumentationModule {

  private static final String REQUEST_AND_RESPONSE =
      "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;";

  public ServletJavaxModule() {
    super("servlet", "servlet-javax-3.0");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        subtypesOf(
            "javax.servlet.Servlet",
            MethodAdvice.on("service", REQUEST_AND_RESPONSE + ")V").call("ServiceAdvice")),
        subtypesOf(
            "javax.servlet.Filter",
            MethodAdvice.on("doFilter", REQUEST_AND_RESPONSE + "Ljavax/servlet/FilterChain;)V")
                .call("DoFilterAdvice")));
  }
}
