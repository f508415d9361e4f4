package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class Postgresql422Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("postgresql-42.2");

  @Override
  Connection open() throws SQLException {
    String url = "jdbc:postgresql://localhost:" + PostgresServer.port() + "/postgres";
    return LIBRARY.connect("org.postgresql.Driver", url, "user", "postgres");
  }

  @Override
  String system() {
    return "postgresql";
  }

  @Override
  String namespace() {
    return "postgres";
  }

  @Override
  String address() {
    return "localhost";
  }

  @Override
  Long port() {
    return (long) PostgresServer.port();
  }

  @Override
  String duplicateKey() {
    return "23505";
  }

  @Override
  String procedure(Statement statement) throws SQLException {
    statement.execute(
        "CREATE OR REPLACE FUNCTION my_proc() RETURNS void AS $$ BEGIN END $$ LANGUAGE plpgsql");
    return "{call my_proc()}";
  }

  @Override
  String ownText() {
    return "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()";
  }
}
