package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a call of a database must say, whatever the driver and the pool. */
abstract class JdbcContract extends JdbcOptionsContract {

  private static final String SELECT = "SELECT name FROM item WHERE id = ?";
  private static final String INSERT = "INSERT INTO item (id, name) VALUES (?, ?)";

  private Connection connection;

  /** What the database says of a key that exists already. */
  abstract String duplicateKey();

  @BeforeEach
  final void makeTable() throws Exception {
    spans.sampler(Sampler.ALWAYS_OFF);
    connection = open();
    try (Statement statement = connection.createStatement()) {
      try {
        statement.execute("DROP TABLE item");
      } catch (SQLException e) {
        // The first test of all.
      }
      statement.execute("CREATE TABLE item (id INT NOT NULL PRIMARY KEY, name VARCHAR(40))");
      statement.execute("INSERT INTO item (id, name) VALUES (1, 'one')");
    }
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
  }

  @AfterEach
  final void close() throws SQLException {
    connection.close();
  }

  @Test
  final void queryIsOneSpan() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM item WHERE id = 1")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("one");
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("SELECT item");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.span().failed()).isFalse();
    assertThat(span.attributes())
        .isEqualTo(
            attributes(
                "db.query.summary", "SELECT item",
                "db.query.text", "SELECT name FROM item WHERE id = ?"));
  }

  @Test
  final void updateIsOneSpan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE item SET name = 'x' WHERE id = 1")).isOne();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("UPDATE item");
    assertThat(span.attribute("db.query.text")).isEqualTo("UPDATE item SET name = ? WHERE id = ?");
  }

  @Test
  final void executeIsOneSpan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM item WHERE id = 1");
    }

    assertThat(spans.takeOne().name()).isEqualTo("DELETE item");
  }

  @Test
  final void preparedStatementIsOneSpanEachTime() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      for (int i = 0; i < 2; i++) {
        statement.setInt(1, 1);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
        }
      }
    }

    for (RecordedSpan span : spans.take(2)) {
      assertThat(span.name()).isEqualTo("SELECT item");
      assertThat(span.attributes())
          .isEqualTo(attributes("db.query.summary", "SELECT item", "db.query.text", SELECT));
    }
  }

  @Test
  final void everyWayToExecuteAPreparedStatementIsOneSpan() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, 2);
      statement.setString(2, "two");
      assertThat(statement.executeUpdate()).isOne();
      statement.setInt(1, 3);
      statement.execute();
    }

    assertThat(spans.take(2)).extracting(RecordedSpan::name).containsOnly("INSERT item");
  }

  @Test
  final void preparedStatementThatIsExecutedAgainAfterOthersKeepsItsText() throws SQLException {
    try (PreparedStatement first = connection.prepareStatement(SELECT);
        PreparedStatement second = connection.prepareStatement("SELECT id FROM item")) {
      second.executeQuery().close();
      first.setInt(1, 1);
      first.executeQuery().close();
    }

    assertThat(spans.take(2))
        .extracting(span -> span.attribute("db.query.text"))
        .containsExactly("SELECT id FROM item", SELECT);
  }

  @Test
  final void callIsOneSpanWithItsProcedure() throws SQLException {
    spans.sampler(Sampler.ALWAYS_OFF);
    String call;
    try (Statement statement = connection.createStatement()) {
      call = procedure(statement);
    }
    spans.sampler(new ParentBasedSampler(Sampler.ALWAYS_ON));
    if (call == null) {
      return;
    }

    try (CallableStatement statement = connection.prepareCall(call)) {
      statement.execute();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).startsWithIgnoringCase("call ");
    assertThat(span.attribute("db.stored_procedure.name")).isEqualTo(span.name().substring(5));
    assertThat(span.attribute("db.query.text")).isEqualTo(call.startsWith("{") ? null : call);
  }

  @Test
  final void batchOfParametersIsOneSpan() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (int id = 10; id < 13; id++) {
        addBatch(statement, id);
      }
      assertThat(statement.executeBatch()).hasSize(3);
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("BATCH INSERT item");
    assertThat(span.attributes())
        .isEqualTo(
            attributes(
                "db.operation.batch.size",
                3L,
                "db.query.summary",
                "BATCH INSERT item",
                "db.query.text",
                INSERT));
  }

  @Test
  final void batchOfOneIsNoBatch() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      addBatch(statement, 10);
      statement.executeBatch();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("INSERT item");
    assertThat(span.attribute("db.operation.batch.size")).isNull();
  }

  @Test
  final void batchIsForgottenWhenExecutedOrCleared() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      addBatch(statement, 10);
      addBatch(statement, 11);
      statement.executeBatch();
      addBatch(statement, 12);
      statement.clearBatch();
      addBatch(statement, 13);
      addBatch(statement, 14);
      statement.executeBatch();
    }

    assertThat(spans.take(2))
        .extracting(span -> span.attribute("db.operation.batch.size"))
        .containsExactly(2L, 2L);
  }

  @Test
  final void batchOfTextsIsOneSpan() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO item (id, name) VALUES (20, 'x')");
      statement.addBatch("INSERT INTO item (id, name) VALUES (21, 'y')");
      statement.addBatch("DELETE FROM item WHERE id = 20");
      assertThat(statement.executeBatch()).hasSize(3);
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("BATCH");
    assertThat(span.attribute("db.operation.batch.size")).isEqualTo(3L);
    assertThat(span.attribute("db.query.text"))
        .isEqualTo("INSERT INTO item (id, name) VALUES (?, ?); DELETE FROM item WHERE id = ?");
  }

  @Test
  final void batchOfLikeTextsHasTheirSummary() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO item (id, name) VALUES (20, 'x')");
      statement.addBatch("INSERT INTO item (id, name) VALUES (21, 'y')");
      statement.executeBatch();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("BATCH INSERT item");
    assertThat(span.attribute("db.query.text"))
        .isEqualTo("INSERT INTO item (id, name) VALUES (?, ?)");
  }

  @Test
  final void failedStatementHasTheCodeOfTheDatabase() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeUpdate("INSERT INTO item (id, name) VALUES (1, 'x')"))
          .isInstanceOf(SQLException.class);
    }

    assertFailed(spans.takeOne(), "INSERT item");
  }

  @Test
  final void failedPreparedStatementHasTheCodeOfTheDatabase() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, 1);
      statement.setString(2, "x");
      assertThatThrownBy(statement::executeUpdate).isInstanceOf(SQLException.class);
    }

    assertFailed(spans.takeOne(), "INSERT item");
  }

  private void assertFailed(RecordedSpan span, String name) {
    assertThat(span.name()).isEqualTo(name);
    assertThat(span.span().failed()).isTrue();
    assertThat(span.span().statusMessage()).isNotEmpty();
    assertThat(span.attribute("db.response.status_code")).isEqualTo(duplicateKey());
    assertThat(span.attribute("error.type")).isEqualTo(duplicateKey());
    SpanException exception = span.span().exception();
    assertThat(exception).isNotNull();
    assertThat(exception.stackTrace()).contains("Exception");
  }

  @Test
  final void failedBatchIsOneFailedSpanAndForgotten() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      addBatch(statement, 30);
      addBatch(statement, 1);
      assertThatThrownBy(statement::executeBatch).isInstanceOf(SQLException.class);
      statement.clearBatch();
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("BATCH INSERT item");
    assertThat(span.span().failed()).isTrue();
    assertThat(span.attribute("db.operation.batch.size")).isEqualTo(2L);
  }

  @Test
  final void callIsAChildOfTheCurrentSpan() {
    Span parent =
        spans.inSpan(
            "parent",
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.executeQuery("SELECT id FROM item").close();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });

    List<RecordedSpan> taken = spans.take(2);
    assertThat(taken.get(1).span()).isSameAs(parent);
    assertThat(taken.get(0).isChildOf(taken.get(1))).isTrue();
  }

  @Test
  final void callThatIsNotSampledIsMeasured() throws SQLException {
    String summary = "SELECT item";
    long before = measured(summary);
    spans.sampler(Sampler.ALWAYS_OFF);

    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      statement.setInt(1, 1);
      statement.executeQuery().close();
    }

    assertThat(measured(summary)).isEqualTo(before + 1);
  }

  private long measured(String summary) {
    Histogram.Series series =
        DurationHistograms.DB_CLIENT.series(
            system(), namespace(), null, summary, null, null, null, address(), port());
    return Arrays.stream(series.bucketCounts()).sum();
  }

  private static void addBatch(PreparedStatement statement, int id) throws SQLException {
    statement.setInt(1, id);
    statement.setString(2, "name");
    statement.addBatch();
  }
}
