package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.Sampler;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a call of a database says and does if an operator has asked for more. */
abstract class JdbcOptionsContract {

  private static final String INSERT =
      "INSERT INTO item2 (id, name, price, made) VALUES (?, ?, ?, ?)";
  private static final String SELECT = "SELECT name FROM item2 WHERE id = ?";

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private @Nullable Connection optional;

  /** Opens a connection, or borrows one. */
  abstract Connection open() throws Exception;

  /** Makes a procedure and returns the statement that calls it; null if the database has none. */
  @Nullable String procedure(Statement statement) throws SQLException {
    return null;
  }

  /** A statement that calls a procedure with one number, named {@code n}; null if there is none. */
  @Nullable String procedureOfOne(Statement statement) throws SQLException {
    return null;
  }

  @AfterEach
  final void closeOptional() throws SQLException {
    JdbcLibrary.useOptions(false);
    if (optional != null) {
      optional.close();
    }
  }

  /** A connection of classes that are woven with every option. */
  private Connection openWithOptions() throws Exception {
    spans.sampler(Sampler.ALWAYS_OFF);
    JdbcLibrary.useOptions(true);
    Connection connection = open();
    optional = connection;
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute("DROP TABLE item2");
      } catch (SQLException e) {
        // The first test of all.
      }
      statement.execute(
          "CREATE TABLE item2 (id INT NOT NULL PRIMARY KEY, name VARCHAR(40),"
              + " price DECIMAL(9, 2), made DATE)");
    }
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
    return connection;
  }

  @Test
  final void parametersAreInTheOneSpanOfAnExecution() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setLong(1, 7);
      statement.setString(2, "seven");
      statement.setBigDecimal(3, new BigDecimal("7.50"));
      statement.setDate(4, Date.valueOf("2026-02-03"));
      assertThat(statement.executeUpdate()).isOne();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(parameters(span)).containsExactly("0=7", "1=seven", "2=7.50", "3=2026-02-03");
    assertThat(span.attribute("db.query.text")).isEqualTo(INSERT);
  }

  @Test
  final void literalsAreReplacedAlsoBesideParameters() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM item2 WHERE name = 'secret' AND id = ?")) {
      statement.setInt(1, 5);
      statement.executeQuery().close();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(parameters(span)).containsExactly("0=5");
    assertThat(span.attribute("db.query.text"))
        .isEqualTo("SELECT id FROM item2 WHERE name = ? AND id = ?");
  }

  @Test
  final void parametersStaySetUntilSetAgain() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, 1);
      statement.setString(2, "one");
      statement.setNull(3, Types.DECIMAL);
      statement.setNull(4, Types.DATE);
      statement.executeUpdate();
      statement.setInt(1, 2);
      statement.setString(2, null);
      statement.executeUpdate();
    }

    assertThat(parameters(spans.take(2)))
        .containsExactly("[0=1, 1=one, 2=null, 3=null]", "[0=2, 1=null, 2=null, 3=null]");
  }

  @Test
  final void clearedParametersAreForgotten() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setInt(1, 1);
      statement.clearParameters();
      statement.setInt(1, 2);
      statement.executeQuery().close();
      statement.clearParameters();
      try {
        statement.executeQuery().close();
      } catch (SQLException e) {
        // So say most drivers: the parameter is not set.
      }
    }

    assertThat(parameters(spans.take(2))).containsExactly("[0=2]", "[]");
  }

  @Test
  final void whatHasNoTextTakesThePlaceOfWhatWasSetBefore() throws Exception {
    Connection connection = openWithOptions();

    boolean executed = false;
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setInt(1, 1);
      statement.setBinaryStream(1, new ByteArrayInputStream(new byte[4]), 4);
      executed = true;
      statement.executeQuery().close();
    } catch (SQLException e) {
      // The database compares no number with bytes, or the driver knows that.
    }

    if (executed) {
      assertThat(parameters(spans.takeOne())).isEmpty();
    }
  }

  @Test
  final void refusedParameterIsNone() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setInt(1, 1);
      try {
        statement.setInt(2, 2);
      } catch (SQLException | RuntimeException e) {
        statement.executeQuery().close();
        assertThat(parameters(spans.takeOne())).containsExactly("0=1");
      }
    }
  }

  @Test
  final void batchesHaveNoParameters() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (int count = 1; count < 3; count++) {
        for (int i = 0; i < count; i++) {
          statement.setInt(1, 10 * count + i);
          statement.setString(2, "x");
          statement.setNull(3, Types.DECIMAL);
          statement.setNull(4, Types.DATE);
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }

    for (RecordedSpan span : spans.take(2)) {
      assertThat(parameters(span)).isEmpty();
    }
  }

  @Test
  final void failedStatementHasItsParameters() throws Exception {
    Connection connection = openWithOptions();

    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, 1);
      statement.setString(2, "x");
      statement.setNull(3, Types.DECIMAL);
      statement.setNull(4, Types.DATE);
      statement.executeUpdate();
      assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
    }

    RecordedSpan failed = spans.take(2).get(1);
    assertThat(failed.span().failed()).isTrue();
    assertThat(parameters(failed)).containsExactly("0=1", "1=x", "2=null", "3=null");
  }

  @Test
  final void parametersOfCallsHaveIndexesOrNames() throws Exception {
    Connection connection = openWithOptions();
    spans.sampler(Sampler.ALWAYS_OFF);
    String call;
    try (Statement statement = connection.createStatement()) {
      call = procedureOfOne(statement);
    }
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
    if (call == null) {
      return;
    }

    try (CallableStatement statement = connection.prepareCall(call)) {
      statement.setInt(1, -4);
      statement.execute();
    }
    assertThat(parameters(spans.takeOne())).containsExactly("0=-4");

    if (namesParameters()) {
      try (CallableStatement statement = connection.prepareCall(call)) {
        statement.setInt("n", -5);
        statement.execute();
      }
      assertThat(parameters(spans.takeOne())).containsExactly("n=-5");
    }
  }

  /** Whether the driver knows parameters by their names. */
  boolean namesParameters() {
    return false;
  }

  private static List<String> parameters(List<RecordedSpan> spans) {
    return spans.stream().map(span -> parameters(span).toString()).toList();
  }

  /** The parameters of a span as {@code key=value}, sorted. */
  private static List<String> parameters(RecordedSpan span) {
    Map<String, Object> found = new TreeMap<>(span.attributes());
    String prefix = "db.query.parameter.";
    return found.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getKey().substring(prefix.length()) + "=" + entry.getValue())
        .toList();
  }
}
