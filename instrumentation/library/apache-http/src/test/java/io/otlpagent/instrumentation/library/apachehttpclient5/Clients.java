package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.testing.LibraryClient;
import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;

/** Clients in class loaders with a version of the library. */
final class Clients {

  private Clients() {}

  static LibraryClient make(String folder, String fixture) throws ReflectiveOperationException {
    return (LibraryClient)
        new LibraryClassLoader(false, folder)
            .loadClass("io.otlpagent.fixture." + fixture)
            .getConstructor()
            .newInstance();
  }
}
