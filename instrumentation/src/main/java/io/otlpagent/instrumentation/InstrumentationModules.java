package io.otlpagent.instrumentation;

import io.otlpagent.instrumentation.library.executors.ExecutorsModule;
import io.otlpagent.instrumentation.library.httpurlconnection.HttpUrlConnectionModule;
import io.otlpagent.instrumentation.library.javahttpclient.JavaHttpClientModule;
import io.otlpagent.instrumentation.library.jdbc.JdbcModule;
import io.otlpagent.instrumentation.library.servletjakarta.ServletJakartaModule;
import io.otlpagent.instrumentation.library.servletjavax.ServletJavaxModule;
import io.otlpagent.instrumentation.library.springwebmvc.SpringWebMvcModule;
import java.util.Arrays;
import java.util.List;

/** The catalog: every instrumentation that the agent has, one line a library. */
public final class InstrumentationModules {

  private InstrumentationModules() {}

  /** All modules, made anew. Called once, at start. */
  public static List<InstrumentationModule> all() {
    return Arrays.asList(
        new ExecutorsModule(),
        new HttpUrlConnectionModule(),
        new JavaHttpClientModule(),
        new JdbcModule(),
        new ServletJavaxModule(),
        new ServletJakartaModule(),
        new SpringWebMvcModule());
  }
}
