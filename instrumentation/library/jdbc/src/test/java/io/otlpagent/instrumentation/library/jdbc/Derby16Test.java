package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class Derby16Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("derby-10.16");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect(
        "org.apache.derby.iapi.jdbc.AutoloadedDriver", "jdbc:derby:memory:contract;create=true");
  }

  @Override
  String system() {
    return "derby";
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
    return "{call SYSCS_UTIL.SYSCS_SET_RUNTIMESTATISTICS(0)}";
  }
}
