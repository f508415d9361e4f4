package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.CommonDataSource;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XADataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** Where statements are executed, however their connections were opened and moved. */
final class JdbcNamespaceTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  /** Before there is anything that would record what the servers are asked until they answer. */
  @BeforeAll
  static void startServers() {
    try {
      PostgresServer.port();
    } catch (TestAbortedException e) {
      // The tests that need it are skipped.
    }
  }

  @Test
  void h2() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("h2-2.4");

    for (boolean xa : new boolean[] {true, false}) {
      Object source = library.bean("org.h2.jdbcx.JdbcDataSource", "setURL", "jdbc:h2:mem:shop");
      check(source, xa, "SELECT 1", "h2database", "shop");
    }
  }

  @Test
  void derby() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("derby-10.16");

    for (boolean xa : new boolean[] {true, false}) {
      String kind = xa ? "XA" : "ConnectionPool";
      Object source =
          library.bean(
              "org.apache.derby.jdbc.Embedded" + kind + "DataSource",
              "setDatabaseName",
              "memory:shop",
              "setCreateDatabase",
              "create");
      check(source, xa, "VALUES 1", "derby", "shop");
    }
  }

  @Test
  void mariaDb() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("mariadb-client-3.5");
    String url = "jdbc:mariadb://localhost:" + MariaDbServer.port() + "/test?user=root";

    for (boolean xa : new boolean[] {true, false}) {
      check(
          library.bean("org.mariadb.jdbc.MariaDbDataSource", "setUrl", url),
          xa,
          "SELECT 1",
          "mariadb",
          "test");
    }
  }

  @Test
  void postgresql() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("postgresql-42.7");
    String url = "jdbc:postgresql://localhost:" + PostgresServer.port() + "/postgres?user=postgres";

    for (String type :
        List.of(
            "org.postgresql.xa.PGXADataSource", "org.postgresql.ds.PGConnectionPoolDataSource")) {
      check(
          library.bean(type, "setUrl", url),
          type.contains("XA"),
          "SELECT 1",
          "postgresql",
          "postgres");
    }
  }

  private void check(Object source, boolean xa, String sql, String system, String namespace)
      throws SQLException {
    assertThat(source).isInstanceOf(CommonDataSource.class);
    PooledConnection pooled =
        xa
            ? ((XADataSource) source).getXAConnection()
            : ((ConnectionPoolDataSource) source).getPooledConnection();
    for (int i = 0; i < 2; i++) {
      try (Connection connection = pooled.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      RecordedSpan span = spans.takeOne();
      assertThat(span.attribute("db.system.name")).isEqualTo(system);
      assertThat(span.attribute("db.namespace")).isEqualTo(namespace);
    }
    pooled.close();
  }

  @Test
  void schemaOfPostgresqlIsFollowed() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("hikari-7.0", "postgresql-42.7");
    String url = "jdbc:postgresql://localhost:" + PostgresServer.port() + "/postgres?user=postgres";
    DataSource pool =
        library.dataSource(
            "com.zaxxer.hikari.HikariDataSource",
            "setDriverClassName",
            "org.postgresql.Driver",
            "setJdbcUrl",
            url,
            "setMaximumPoolSize",
            1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      connection.setSchema("one");
      statement.execute("SELECT 2");
      statement.execute("SET search_path TO two, public");
      statement.execute("SELECT 3");
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 4");
    }

    // Two are the driver's own, by which it sets the schema and the pool asks for it.
    assertThat(spans.take(7))
        .filteredOn(span -> "SELECT ?".equals(span.attribute("db.query.text")))
        .extracting(span -> span.attribute("db.namespace"))
        .containsExactly("postgres", "postgres|one", "postgres|two", "postgres|two");
    close(pool);
  }

  @Test
  void databaseOfMariaDbIsFollowed() throws SQLException {
    JdbcLibrary library = new JdbcLibrary("hikari-7.0", "mariadb-client-3.5");
    String url = "jdbc:mariadb://localhost:" + MariaDbServer.port() + "/test?user=root";
    DataSource pool =
        library.dataSource(
            "com.zaxxer.hikari.HikariDataSource",
            "setDriverClassName",
            "org.mariadb.jdbc.Driver",
            "setJdbcUrl",
            url,
            "setMaximumPoolSize",
            1);
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setCatalog("mysql");
      statement.execute("SELECT 1");
    }
    // The pool does not put back what it was not configured with.
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 2");
      statement.execute("USE test");
      statement.execute("SELECT 3");
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 4");
    }

    // One is the pool's, by which it asks for the isolation of transactions.
    assertThat(spans.take(6))
        .filteredOn(
            span ->
                !"SELECT".equals(span.name()) || "SELECT ?".equals(span.attribute("db.query.text")))
        .extracting(span -> span.attribute("db.namespace"))
        .containsExactly("mysql", "mysql", "mysql", "test", "test");
    close(pool);
  }

  private static void close(DataSource pool) {
    try {
      ((AutoCloseable) pool).close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
