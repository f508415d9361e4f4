package io.otlpagent.instrumentation.library.springwebmvc;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;

final class SpringWebMvc7Test extends SpringWebMvcContract {

  @Override
  LibraryClassLoader libraries() {
    return new LibraryClassLoader(true, "tomcat-11.0", "spring-7.0");
  }
}
