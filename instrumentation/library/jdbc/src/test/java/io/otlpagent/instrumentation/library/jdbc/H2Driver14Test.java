package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class H2Driver14Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("h2-1.4");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:contract");
  }

  @Override
  String system() {
    return "h2database";
  }

  @Override
  String namespace() {
    return "contract";
  }

  @Override
  String duplicateKey() {
    return "23505";
  }

  @Override
  String procedure(Statement statement) throws SQLException {
    statement.execute("CREATE ALIAS IF NOT EXISTS my_proc FOR \"java.lang.Math.abs(int)\"");
    return "{call my_proc(-1)}";
  }
}
