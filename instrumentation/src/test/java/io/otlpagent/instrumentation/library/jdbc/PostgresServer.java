package io.otlpagent.instrumentation.library.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL on an ephemeral port, one for the test JVM, which ends with it. */
final class PostgresServer {

  private static @Nullable EmbeddedPostgres running;
  private static @Nullable Throwable failure;

  private PostgresServer() {}

  /** The port; skips the test where PostgreSQL does not start. */
  static synchronized int port() {
    if (running == null && failure == null) {
      try {
        running = EmbeddedPostgres.builder().start();
      } catch (IOException | RuntimeException | LinkageError e) {
        failure = e;
      }
    }
    Assumptions.assumeTrue(running != null, "no PostgreSQL on this machine: " + failure);
    return running.getPort();
  }
}
