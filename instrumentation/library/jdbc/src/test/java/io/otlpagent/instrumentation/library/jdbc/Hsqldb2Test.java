package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class Hsqldb2Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("hsqldb-2.7");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect("org.hsqldb.jdbc.JDBCDriver", "jdbc:hsqldb:mem:contract", "user", "sa");
  }

  @Override
  String system() {
    return "hsqldb";
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
    try {
      statement.execute("CREATE PROCEDURE my_proc() BEGIN ATOMIC DECLARE b INT; SET b = 1; END");
    } catch (SQLException e) {
      // There from an earlier test.
    }
    return "CALL my_proc()";
  }
}
