package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

final class C3p0Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("c3p0-0.11", "h2-2.4");

  private static DataSource source() {
    return LIBRARY.pool(
        "com.mchange.v2.c3p0.ComboPooledDataSource",
        "setJdbcUrl",
        "jdbc:h2:mem:contract",
        "setDriverClass",
        "org.h2.Driver",
        "setMaxStatements",
        10);
  }

  @Override
  Connection open() throws SQLException {
    return source().getConnection();
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

  @Override
  String procedureOfOne(Statement statement) throws SQLException {
    statement.execute("CREATE ALIAS IF NOT EXISTS my_proc FOR \"java.lang.Math.abs(int)\"");
    return "{call my_proc(?)}";
  }

  @Override
  String ownText() {
    return "SELECT EXECUTING_STATEMENT FROM INFORMATION_SCHEMA.SESSIONS"
        + " WHERE SESSION_ID = SESSION_ID()";
  }

  @Override
  boolean preparesElsewhere() {
    return true;
  }
}
