package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

final class SqliteTest extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("sqlite-3.50");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect("org.sqlite.JDBC", "jdbc:sqlite::memory:");
  }

  @Override
  String system() {
    return "sqlite";
  }

  @Override
  String namespace() {
    return ":memory:";
  }

  @Override
  String duplicateKey() {
    return "19";
  }
}
