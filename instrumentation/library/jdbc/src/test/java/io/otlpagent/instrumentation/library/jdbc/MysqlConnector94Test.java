package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class MysqlConnector94Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("mysql-client-9.4");

  @Override
  Connection open() throws SQLException {
    String url = "jdbc:mysql://localhost:" + MariaDbServer.port() + "/test";
    return LIBRARY.connect("com.mysql.cj.jdbc.Driver", url, "user", "root");
  }

  @Override
  String system() {
    return "mysql";
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
