package io.otlpagent.instrumentation.library.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.testing.server.DeployedApplication;
import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import io.otlpagent.instrumentation.util.WeakTables;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that is undeployed while a request of it waits. */
final class UndeployedApplicationTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  @ParameterizedTest
  @CsvSource({"false, tomcat-8.5", "false, tomcat-9.0", "true, tomcat-10.1", "true, tomcat-11.0"})
  void parkedRequestDoesNotKeepTheApplication(boolean jakarta, String libraries) throws Exception {
    LibraryClassLoader loader = new LibraryClassLoader(jakarta, libraries);
    try (DeployedApplication application =
            new DeployedApplication(loader, "io.otlpagent.fixture.ParkingServlet");
        Socket client = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
      client.getOutputStream().write(get());
      assertThat(client.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      await().until(() -> spans.parked() == 1);
      // Tomcat itself says how the request ends.
      assertThat(application.listeners("parked")).isEmpty();

      WeakReference<Object> undeployed = application.undeploy();

      await()
          .untilAsserted(
              () -> {
                System.gc();
                WeakTables.cleanAll();
                assertThat(undeployed.get()).isNull();
              });
      RecordedSpan span = spans.takeOne();
      assertThat(span.span().failed()).isTrue();
      assertThat(span.attribute("http.response.status_code")).isEqualTo(200L);
    }
  }

  private static byte[] get() {
    return "GET /app/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  }
}
