package io.otlpagent.instrumentation.library.springwebmvc;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;

final class SpringWebMvc5Test extends SpringWebMvcContract {

  @Override
  LibraryClassLoader libraries() {
    return new LibraryClassLoader(false, "tomcat-9.0", "spring-5.3");
  }
}
