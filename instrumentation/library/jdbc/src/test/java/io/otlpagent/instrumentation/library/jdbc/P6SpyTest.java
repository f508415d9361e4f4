package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class P6SpyTest extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("p6spy-3.9", "h2-2.4");

  static {
    // Its log would go to a file in the working directory.
    System.setProperty("p6spy.config.appender", "com.p6spy.engine.spy.appender.StdoutLogger");
    System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.spy.P6SpyFactory");
  }

  @Override
  Connection open() throws SQLException {
    LIBRARY.load("org.h2.Driver");
    return LIBRARY.connect("com.p6spy.engine.spy.P6SpyDriver", "jdbc:p6spy:h2:mem:contract");
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
}
