package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

final class Hsqldb1Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("hsqldb-1.8");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect(
        "org.hsqldb.jdbcDriver", "jdbc:hsqldb:mem:contract", "user", "sa", "password", "");
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
    return "23000";
  }
}
