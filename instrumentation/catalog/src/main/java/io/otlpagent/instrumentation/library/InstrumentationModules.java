package io.otlpagent.instrumentation.library;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.library.apachehttpclient5.ApacheHttpClient5Module;
import io.otlpagent.instrumentation.library.executors.ExecutorsModule;
import io.otlpagent.instrumentation.library.httpurlconnection.HttpUrlConnectionModule;
import io.otlpagent.instrumentation.library.javahttpclient.JavaHttpClientModule;
import io.otlpagent.instrumentation.library.jdbc.JdbcModule;
import io.otlpagent.instrumentation.library.jdbc.JdbcTransactionsModule;
import io.otlpagent.instrumentation.library.jdbcparameters.JdbcQueryParametersModule;
import io.otlpagent.instrumentation.library.jetty.JettyModule;
import io.otlpagent.instrumentation.library.servletjakarta.ServletJakartaModule;
import io.otlpagent.instrumentation.library.servletjavax.ServletJavaxModule;
import io.otlpagent.instrumentation.library.springwebmvc.SpringWebMvcModule;
import io.otlpagent.instrumentation.library.tomcat.TomcatModule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The catalog: every instrumentation that the agent has, one line a library. */
public final class InstrumentationModules {

  private InstrumentationModules() {}

  /** All modules but those that are woven only for who asks for them. */
  public static List<InstrumentationModule> all() {
    return all(Collections.emptySet());
  }

  /**
   * All modules, made again. Called once, at start.
   *
   * @param options the settings by which somebody asks for more than is woven otherwise
   */
  public static List<InstrumentationModule> all(Set<String> options) {
    List<InstrumentationModule> modules = new ArrayList<>();
    for (InstrumentationModule module : every()) {
      if (module.option().isEmpty() || options.contains(module.option())) {
        modules.add(module);
      }
    }
    return modules;
  }

  private static List<InstrumentationModule> every() {
    return Arrays.asList(
        new ApacheHttpClient5Module(),
        new ExecutorsModule(),
        new HttpUrlConnectionModule(),
        new JavaHttpClientModule(),
        new JdbcModule(),
        new JdbcQueryParametersModule(),
        new JdbcTransactionsModule(),
        new JettyModule(),
        new ServletJavaxModule(),
        new ServletJakartaModule(),
        new SpringWebMvcModule(),
        new TomcatModule());
  }
}
