package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.jdbc.SqlCommenter;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
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

  abstract String system();

  abstract @Nullable String namespace();

  @Nullable String address() {
    return null;
  }

  @Nullable Long port() {
    return null;
  }

  /** Makes a procedure and returns the statement that calls it; null if the database has none. */
  @Nullable String procedure(Statement statement) throws SQLException {
    return null;
  }

  /** A statement that calls a procedure with one number, named {@code n}; null if there is none. */
  @Nullable String procedureOfOne(Statement statement) throws SQLException {
    return null;
  }

  /** A query for its own text, as the database has received it; null if it does not tell. */
  @Nullable String ownText() {
    return null;
  }

  @AfterEach
  final void closeOptional() throws SQLException {
    JdbcLibrary.useOptions(false);
    // A pool may roll back what is left.
    spans.sampler(Sampler.ALWAYS_OFF);
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

  @Test
  final void endsOfTransactionsAreSpans() throws Exception {
    Connection connection = openWithOptions();
    quietly(() -> connection.setAutoCommit(false));

    insert(connection, 1);
    connection.commit();
    insert(connection, 2);
    connection.rollback();

    List<RecordedSpan> taken = spans.take(4);
    assertTransactionEnd(taken.get(1), "COMMIT");
    assertTransactionEnd(taken.get(3), "ROLLBACK");
    quietly(() -> connection.setAutoCommit(true));
  }

  @Test
  final void rollbackToASavepointIsASpan() throws Exception {
    Connection connection = openWithOptions();
    quietly(() -> connection.setAutoCommit(false));
    Savepoint[] savepoint = new Savepoint[1];
    quietly(
        () -> {
          insert(connection, 1);
          savepoint[0] = savepoint(connection);
        });
    if (savepoint[0] != null) {
      connection.rollback(savepoint[0]);

      assertTransactionEnd(spans.takeOne(), "ROLLBACK");
    }
    quietly(() -> connection.setAutoCommit(true));
  }

  @Test
  final void failedRollbackSaysWhy() throws Exception {
    Connection connection = openWithOptions();
    quietly(() -> connection.setAutoCommit(false));
    Savepoint[] savepoint = new Savepoint[1];
    quietly(
        () -> {
          savepoint[0] = savepoint(connection);
          if (savepoint[0] != null) {
            connection.releaseSavepoint(savepoint[0]);
          }
        });
    if (savepoint[0] != null) {
      String failure = null;
      try {
        connection.rollback(savepoint[0]);
      } catch (SQLException e) {
        failure = e.getMessage();
      }

      RecordedSpan span = spans.takeOne();
      assertThat(span.name()).startsWith("ROLLBACK");
      assertThat(span.span().failed()).isEqualTo(failure != null);
      assertThat(span.span().statusMessage() == null).isEqualTo(failure == null);
      assertThat(span.attribute("error.type")).isEqualTo(span.span().errorType());
      assertThat(span.span().exception() == null).isEqualTo(failure == null);
    }
    quietly(
        () -> {
          connection.rollback();
          connection.setAutoCommit(true);
        });
  }

  /** Null if the driver has none. */
  private static @Nullable Savepoint savepoint(Connection connection) {
    try {
      return connection.setSavepoint("here");
    } catch (SQLException | AbstractMethodError e) {
      return null;
    }
  }

  @Test
  final void endOfATransactionIsMeasured() throws Exception {
    Connection connection = openWithOptions();
    spans.sampler(Sampler.ALWAYS_OFF);
    // Some drivers commit here.
    connection.setAutoCommit(false);
    long before = commits();

    connection.commit();

    assertThat(commits()).isEqualTo(before + 1);
    connection.setAutoCommit(true);
  }

  private long commits() {
    Histogram.Series series =
        DurationHistograms.DB_CLIENT.series(
            system(), namespace(), "COMMIT", null, null, null, null, address(), port());
    return Arrays.stream(series.bucketCounts()).sum();
  }

  private void assertTransactionEnd(RecordedSpan span, String operation) {
    assertThat(span.name()).isEqualTo(operation + " " + namespace());
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes()).isEqualTo(attributes("db.operation.name", operation));
  }

  @Test
  final void statementCarriesItsSpanToTheDatabase() throws Exception {
    Connection connection = openWithOptions();
    String query = ownText();
    if (query == null) {
      return;
    }

    for (String end : new String[] {"", ";"}) {
      String received = "";
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query + end)) {
        assertThat(rows.next()).isTrue();
        received = rows.getString(1);
      }

      RecordedSpan span = spans.takeOne();
      assertThat(received).containsOnlyOnce(" " + comment(span.span())).containsOnlyOnce("/*");
      assertThat(span.attribute("db.query.text").toString()).doesNotContain("traceparent");
      assertThat(span.name()).doesNotContain("traceparent");
    }
  }

  @Test
  final void preparedTextCarriesTheSpanThatPreparedIt() throws Exception {
    Connection connection = openWithOptions();
    if (ownText() == null) {
      return;
    }
    // A pool may keep statements by their texts.
    String query = ownText() + " AND 1 = 1";

    String[] received = new String[1];
    Span parent =
        inSpan(
            () -> {
              try (PreparedStatement statement = connection.prepareStatement(query);
                  ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                received[0] = rows.getString(1);
              }
            });

    if (preparesElsewhere()) {
      assertThat(received[0]).doesNotContain("traceparent");
    } else {
      assertThat(received[0]).containsOnlyOnce(" " + comment(parent)).containsOnlyOnce("/*");
    }
    RecordedSpan span = spans.take(2).get(0);
    assertThat(span.attribute("db.query.text").toString()).doesNotContain("traceparent");
    // The thread has not kept it.
    assertThat(SqlCommenter.original(received[0])).isEqualTo(received[0]);
  }

  @Test
  final void poolThatKeepsStatementsFindsThemByTheTextOfTheApplication() throws Exception {
    Connection connection = openWithOptions();
    if (ownText() == null || preparesElsewhere()) {
      return;
    }
    String query = ownText() + " AND 3 = 3";

    List<Span> parents = new ArrayList<>();
    List<String> received = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parents.add(
          inSpan(
              () -> {
                try (PreparedStatement statement = connection.prepareStatement(query);
                    ResultSet rows = statement.executeQuery()) {
                  assertThat(rows.next()).isTrue();
                  received.add(rows.getString(1));
                }
              }));
    }

    assertThat(received.get(0)).contains(comment(parents.get(0)));
    assertThat(received.get(1)).contains(comment(parents.get(keepsStatements() ? 0 : 1)));
    spans.take(4);
  }

  /** Whether a pool prepares statements in a thread of its own, where there is no span. */
  boolean preparesElsewhere() {
    return false;
  }

  /** Whether a statement that was closed is lent again to who prepares the same text. */
  boolean keepsStatements() {
    return false;
  }

  @Test
  final void textOutsideOfAnySpanIsPreparedAsItIs() throws Exception {
    Connection connection = openWithOptions();
    if (ownText() == null) {
      return;
    }
    String query = ownText() + " AND 2 = 2";

    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).doesNotContain("traceparent");
    }

    spans.takeOne();
  }

  @Test
  final void commentedTextsDoWhatTheyDidAndAreToldAsTheyWere() throws Exception {
    Connection connection = openWithOptions();
    String call = calls(connection);

    inSpan(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setInt(1, 40);
            statement.setString(2, "x");
            statement.setNull(3, Types.DECIMAL);
            statement.setNull(4, Types.DATE);
            assertThat(statement.executeUpdate()).isOne();
          }
          try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO item2 (id) VALUES (41)");
            statement.addBatch("INSERT INTO item2 (id) VALUES (42)");
            assertThat(statement.executeBatch()).hasSize(2);
            assertThat(statement.executeUpdate("DELETE FROM item2")).isEqualTo(3);
          }
          if (call != null) {
            try (CallableStatement statement = connection.prepareCall(call)) {
              statement.setInt(1, -4);
              statement.execute();
            }
          }
        });

    List<RecordedSpan> taken = spans.take(call == null ? 4 : 5);
    assertThat(parameters(taken.get(0))).containsExactly("0=40", "1=x", "2=null", "3=null");
    assertThat(taken.get(0).attribute("db.query.text")).isEqualTo(INSERT);
    assertThat(taken.get(1).name()).isEqualTo("BATCH INSERT item2");
    assertThat(taken.get(1).attribute("db.operation.batch.size")).isEqualTo(2L);
    assertThat(taken.get(1).attribute("db.query.text"))
        .isEqualTo("INSERT INTO item2 (id) VALUES (?)");
    assertThat(taken.get(2).attribute("db.query.text")).isEqualTo("DELETE FROM item2");
  }

  /** Whether what the driver calls is called otherwise in the database's own language. */
  boolean bracesOnly() {
    return false;
  }

  private @Nullable String calls(Connection connection) throws SQLException {
    String[] call = new String[1];
    quietly(
        () -> {
          try (Statement statement = connection.createStatement()) {
            call[0] = procedureOfOne(statement);
          }
        });
    return call[0] == null || bracesOnly() ? call[0] : call[0].replaceAll("[{}]", "");
  }

  /** What a text gets for a span. */
  private static String comment(Span span) {
    return String.format(
        "/*traceparent='00-%016x%016x-%016x-%02x'*/",
        span.traceIdHigh(), span.traceIdLow(), span.spanId(), span.flags());
  }

  private Span inSpan(Step step) {
    return spans.inSpan(
        "parent",
        () -> {
          try {
            step.run();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO item2 (id) VALUES (" + id + ")");
    }
  }

  /** Does something without spans. */
  private void quietly(Step step) throws SQLException {
    spans.sampler(Sampler.ALWAYS_OFF);
    step.run();
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
  }

  /** A part of a test. */
  private interface Step {
    void run() throws SQLException;
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

  /** What each span of this database has, and some more. */
  final Map<String, Object> attributes(Object... more) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("db.system.name", system());
    attributes.put("db.namespace", namespace());
    attributes.put("server.address", address());
    attributes.put("server.port", port());
    attributes.values().removeIf(value -> value == null);
    for (int i = 0; i < more.length; i += 2) {
      attributes.put((String) more[i], more[i + 1]);
    }
    return attributes;
  }
}
