package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What real drivers say of statements that fail: a sentence, but no value of the statement. */
final class JdbcErrorTextTest {

  private static final String WORD = "zqmarker";
  private static final String NUMBER = "7391739";

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private enum Database {
    H2("h2-2.4", "org.h2.Driver", "jdbc:h2:mem:texts", "ALTER USER nobody SET PASSWORD 'zqmarker'"),
    HSQLDB(
        "hsqldb-2.7",
        "org.hsqldb.jdbc.JDBCDriver",
        "jdbc:hsqldb:mem:texts",
        "ALTER USER nobody SET PASSWORD 'zqmarker'"),
    DERBY(
        "derby-10.16",
        "org.apache.derby.iapi.jdbc.AutoloadedDriver",
        "jdbc:derby:memory:texts;create=true",
        "CALL SYSCS_UTIL.SYSCS_CREATE_USER('', 'zqmarker')"),
    SQLITE("sqlite-3.50", "org.sqlite.JDBC", "jdbc:sqlite::memory:", "PRAGMA key = 'zqmarker' x"),
    POSTGRESQL(
        "postgresql-42.7",
        "org.postgresql.Driver",
        "jdbc:postgresql://localhost:%d/postgres",
        "ALTER USER nobody PASSWORD 'zqmarker' VALID UNTIL 'zqmarker'"),
    MARIADB(
        "mariadb-client-3.5",
        "org.mariadb.jdbc.Driver",
        "jdbc:mariadb://localhost:%d/test",
        "ALTER USER 'zqmarker'@'localhost' IDENTIFIED BY 'zqmarker'"),
    MYSQL(
        "mysql-client-9.4",
        "com.mysql.cj.jdbc.Driver",
        "jdbc:mysql://localhost:%d/test",
        "ALTER USER 'zqmarker'@'localhost' IDENTIFIED BY 'zqmarker'");

    private final JdbcLibrary library;
    private final String driver;
    private final String url;
    private final String secret;

    Database(String folder, String driver, String url, String secret) {
      this.library = new JdbcLibrary(folder);
      this.driver = driver;
      this.url = url;
      this.secret = secret;
    }

    /** Whether strings can be in double quotes. */
    boolean doubleQuoted() {
      return this == SQLITE || this == MARIADB || this == MYSQL;
    }

    Connection open() throws SQLException {
      switch (this) {
        case POSTGRESQL:
          return library.connect(
              driver, String.format(url, PostgresServer.port()), "user", "postgres");
        case MARIADB:
        case MYSQL:
          return library.connect(driver, String.format(url, MariaDbServer.port()), "user", "root");
        case HSQLDB:
          return library.connect(driver, url, "user", "sa");
        default:
          return library.connect(driver, url);
      }
    }
  }

  private int failed;
  private int quoted;

  @ParameterizedTest
  @EnumSource
  void failureShowsNoValueOfTheStatement(Database database) throws Exception {
    try (Connection connection = database.open()) {
      makeTable(connection);

      literals(connection, database);
      parameters(connection);
      batches(connection);
    }

    assertThat(quoted).isPositive();
    assertThat(failed).isGreaterThan(6);
  }

  private void makeTable(Connection connection) throws SQLException {
    spans.sampler(Sampler.ALWAYS_OFF);
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute("DROP TABLE person");
      } catch (SQLException e) {
        // Of another driver for the same database.
      }
      statement.execute(
          "CREATE TABLE person (id INT NOT NULL PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE,"
              + " amount INT CHECK (amount < 100))");
      statement.execute("INSERT INTO person (id, name) VALUES (7391739, 'zqmarker')");
    }
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
  }

  private void literals(Connection connection, Database database) {
    String[] statements = {
      "INSERT INTO person (id, name) VALUES (1, 'zqmarker')",
      "INSERT INTO person (id, name) VALUES (7391739, 'x')",
      "INSERT INTO person (id, name) VALUES ('zqmarker', 'x')",
      "INSERT INTO person (id, name) VALUES (2, 'zqmarker that is far too long for it')",
      "INSERT INTO person (id, name, amount) VALUES (3, 'zqmarker3', 7391739)",
      "INSERT INTO person (id, name) VALUES (73917390000000, 'zqmarker4')",
      "SELECT * FROM person WHERE id = 7391739 AND name = 'zqmarker' AND",
      "SELECT * FROM person WHERE name = 'zqmarker' 'zqmarker",
      "SELECT * FROM person WHERE name = 'it''s ' OR name = 'zqmarker",
      "SELECT * FROM person WHERE nmae = 'zqmarker'",
      database.doubleQuoted() ? "SELECT nmae FROM person WHERE nmae = \"zqmarker\"" : "SELECT nmae",
      "SELECT CAST('zqmarker' AS DATE) FROM person",
      "SELECT CAST('zqmarker' AS INT) FROM person WHERE id = CAST('zqmarker' AS INT)",
      database.secret,
    };
    for (String sql : statements) {
      run(
          sql,
          () -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute(sql);
            }
          });
    }
  }

  private void parameters(Connection connection) {
    String insert = "INSERT INTO person (id, name, amount) VALUES (?, ?, ?)";
    prepared(connection, insert, 1, "zqmarker", 1);
    prepared(connection, insert, 7391739, "x", 1);
    prepared(connection, insert, 4, "zqmarker that is far too long for it", 1);
    prepared(connection, insert, 5, "zqmarker5", 7391739);
    prepared(connection, insert, 5, null, 7391739);
    prepared(connection, insert, "zqmarker", "y", 1);
    prepared(connection, "SELECT * FROM person WHERE id = ?", "zqmarker");
  }

  private void prepared(Connection connection, String sql, Object... values) {
    run(
        sql,
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            statement.execute();
          }
        });
  }

  private void batches(Connection connection) {
    run(
        "batch of texts",
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO person (id, name) VALUES (20, 'zqmarker20')");
            statement.addBatch("INSERT INTO person (id, name) VALUES (21, 'zqmarker')");
            statement.executeBatch();
          }
        });
    run(
        "batch of parameters",
        () -> {
          try (PreparedStatement statement =
              connection.prepareStatement("INSERT INTO person (id, name) VALUES (?, ?)")) {
            for (int id = 30; id < 33; id++) {
              statement.setInt(1, id);
              statement.setString(2, "zqmarker");
              statement.addBatch();
            }
            statement.executeBatch();
          }
        });
  }

  private interface Call {
    void run() throws SQLException;
  }

  private void run(String sql, Call call) {
    SQLException thrown = null;
    try {
      call.run();
    } catch (SQLException e) {
      thrown = e;
    }
    // A driver may refuse before it executes, and SQLite takes almost everything.
    for (RecordedSpan span : spans.takeAll()) {
      if (thrown != null && span.span().failed()) {
        failed++;
        quoted += isQuoted(printed(thrown)) ? 1 : 0;
        assertShown(sql, thrown, span);
      }
    }
  }

  private void assertShown(String sql, SQLException thrown, RecordedSpan span) {
    SpanException exception = span.span().exception();
    assertThat(exception).isNotNull();
    String shown = span.span().statusMessage() + exception.message() + exception.stackTrace();
    assertThat(isQuoted(shown)).as("%s: %s shows %s", sql, thrown, shown).isFalse();
    assertThat(exception.message()).as(thrown.getMessage()).containsPattern("[a-zA-Z]{3}");
    assertThat(span.span().statusMessage()).isEqualTo(exception.message());
    assertThat(exception.stackTrace())
        .startsWith(thrown.getClass().getName())
        .contains("\tat " + thrown.getStackTrace()[0]);
  }

  private static boolean isQuoted(String text) {
    return text.toLowerCase(Locale.ROOT).contains(WORD) || text.contains(NUMBER);
  }

  private static String printed(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
