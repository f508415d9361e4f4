package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

final class Hikari27Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("hikari-2.7", "h2-1.4");

  private static DataSource source() {
    return LIBRARY.pool(
        "com.zaxxer.hikari.HikariDataSource",
        "setDriverClassName",
        "org.h2.Driver",
        "setJdbcUrl",
        "jdbc:h2:mem:contract");
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
  String ownText() {
    return "SELECT STATEMENT FROM INFORMATION_SCHEMA.SESSIONS WHERE ID = SESSION_ID()";
  }
}
