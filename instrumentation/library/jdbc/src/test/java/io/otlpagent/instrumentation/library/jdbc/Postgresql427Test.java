package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class Postgresql427Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("postgresql-42.7");

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

  @Test
  void checkWhetherTheServerAnswersIsNoSpan() throws SQLException {
    try (Connection connection = open()) {
      assertThat(connection.isValid(5)).isTrue();
    }

    assertThat(spans.live()).isZero();
  }

  @Override
  String procedureOfOne(Statement statement) throws SQLException {
    statement.execute(
        "CREATE OR REPLACE FUNCTION my_proc_of_one(n int) RETURNS void AS $$ BEGIN END $$"
            + " LANGUAGE plpgsql");
    return "{call my_proc_of_one(?)}";
  }

  @Override
  String ownText() {
    return "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()";
  }

  @Override
  boolean bracesOnly() {
    return true;
  }
}
