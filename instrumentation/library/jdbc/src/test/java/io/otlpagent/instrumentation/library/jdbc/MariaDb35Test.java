package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class MariaDb35Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("mariadb-client-3.5");

  @Override
  Connection open() throws SQLException {
    String url = "jdbc:mariadb://localhost:" + MariaDbServer.port() + "/test";
    return LIBRARY.connect("org.mariadb.jdbc.Driver", url, "user", "root");
  }

  @Override
  String system() {
    return "mariadb";
  }

  @Override
  String namespace() {
    return "test";
  }

  @Override
  String address() {
    return "localhost";
  }

  @Override
  Long port() {
    return (long) MariaDbServer.port();
  }

  @Override
  String duplicateKey() {
    return "1062";
  }

  @Override
  String procedure(Statement statement) throws SQLException {
    statement.execute("CREATE OR REPLACE PROCEDURE my_proc() SELECT 1");
    return "{call my_proc()}";
  }

  @Override
  String procedureOfOne(Statement statement) throws SQLException {
    statement.execute("DROP PROCEDURE IF EXISTS my_proc_of_one");
    statement.execute("CREATE PROCEDURE my_proc_of_one(IN n INT) BEGIN END");
    return "{call my_proc_of_one(?)}";
  }

  @Override
  boolean namesParameters() {
    return true;
  }

  @Override
  String ownText() {
    return "SELECT info FROM information_schema.processlist WHERE id = connection_id()";
  }
}
