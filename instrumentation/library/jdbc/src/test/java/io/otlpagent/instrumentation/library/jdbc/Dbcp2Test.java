package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

final class Dbcp2Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("dbcp-2.13", "h2-2.4");

  private static DataSource source() {
    return LIBRARY.pool(
        "org.apache.commons.dbcp2.BasicDataSource",
        "setUrl",
        "jdbc:h2:mem:contract",
        "setDriverClassName",
        "org.h2.Driver",
        "setPoolPreparedStatements",
        true);
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
  boolean keepsStatements() {
    return true;
  }
}
