package io.otlpagent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import org.junit.jupiter.api.Test;

final class DbConnectionsTest {

  private static final DbInfo H2 = JdbcUrls.info("jdbc:h2:mem:shop", null);
  private static final DbInfo OTHER_H2 = JdbcUrls.info("jdbc:h2:mem:other", null);

  private final Object connection = new Object();
  private final Object statement = new Object();

  @Test
  void connectionIsKnownUntilItIsClosed() {
    DbConnectCall.start(H2).end(connection, null);
    assertThat(DbConnections.info(connection)).isSameAs(H2);

    DbConnections.connectionClosed(connection);
    assertThat(DbConnections.info(connection)).isNull();
  }

  @Test
  void statementIsKnownUntilItIsClosed() {
    DbConnections.created(connection, statement, "SELECT 1");
    assertThat(DbConnections.statementIfKnown(statement)).isNotNull();

    DbConnections.statementClosed(statement);
    assertThat(DbConnections.statementIfKnown(statement)).isNull();
  }

  @Test
  void poolTakesItsDatabaseFromTheDriverThatItCalls() {
    DbConnectCall pool = DbConnectCall.start(DbInfo.UNKNOWN);
    DbConnectCall.start(H2).end(new Object(), null);
    pool.end(connection, null);

    assertThat(DbConnections.info(connection)).isSameAs(H2);
  }

  @Test
  void failedCallTellsNothingToTheNextOne() {
    DbConnectCall pool = DbConnectCall.start(DbInfo.UNKNOWN);
    DbConnectCall.start(H2).end(null, null);
    pool.end(null, null);
    DbConnectCall.start(DbInfo.UNKNOWN).end(connection, null);

    assertThat(DbConnections.info(connection)).isSameAs(DbInfo.UNKNOWN);
  }

  @Test
  void failedAttemptToConnectSaysNothingAfterHalfAMinute() {
    DbConnectCall.start(H2).end(null, new IllegalStateException());
    long now = System.nanoTime();

    assertThat(DbConnectCall.lastSucceeded(now)).isFalse();
    assertThat(DbConnectCall.lastSucceeded(now + 31_000_000_000L)).isNull();

    DbConnectCall.start(H2).end(connection, null);
    assertThat(DbConnectCall.lastSucceeded(now + 31_000_000_000L)).isTrue();
  }

  @Test
  void databaseOfAConnectionDoesNotChange() {
    DbConnectCall.start(H2).end(connection, null);
    DbConnectCall router = DbConnectCall.start(OTHER_H2);
    assertThat(router.lacks(connection)).isFalse();
    router.end(connection, null);

    assertThat(DbConnections.info(connection)).isSameAs(H2);
  }

  @Test
  void urlTellsMoreThanTheClass() {
    DbConnections.opened(connection, DbInfo.ofClass(DbConnectionsTest.class));
    DbConnections.opened(connection, H2);

    assertThat(DbConnections.info(connection)).isSameAs(H2);
  }
}
