package io.otlpagent.instrumentation.library.servletjakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.testing.server.RawHttp;
import io.otlpagent.instrumentation.testing.server.ServletContract;
import io.otlpagent.instrumentation.testing.server.ServletServer;
import org.junit.jupiter.api.Test;

final class Jetty120Ee10Test extends ServletContract {

  @Override
  protected ServletServer start() {
    return ServletServer.jetty(
        new LibraryClassLoader(true, "jetty-12.0-ee10"),
        "org.eclipse.jetty.ee10.servlet",
        APPLICATION);
  }

  /** Tomcat takes the filter chain back when the call returns; Jetty lets it go on. */
  @Test
  void asynchronousRequestThatGoesOnInAnotherThreadHasOneSpan() {
    RawHttp response = get("/elsewhere/leave");

    assertThat(response.body()).contains(String.format("%016x", spans.takeOne().spanId()));
  }
}
