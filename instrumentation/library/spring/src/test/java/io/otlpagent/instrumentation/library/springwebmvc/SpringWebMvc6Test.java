package io.otlpagent.instrumentation.library.springwebmvc;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;

final class SpringWebMvc6Test extends SpringWebMvcContract {

  @Override
  LibraryClassLoader libraries() {
    return new LibraryClassLoader(true, "tomcat-10.1", "spring-6.2");
  }
}
