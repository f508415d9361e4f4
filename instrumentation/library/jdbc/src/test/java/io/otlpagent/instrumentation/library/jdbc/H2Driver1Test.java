package io.otlpagent.instrumentation.library.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

final class H2Driver1Test extends JdbcContract {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("h2-1.0");

  @Override
  Connection open() throws SQLException {
    return LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:contract", "user", "sa");
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
    return "23001";
  }
}
