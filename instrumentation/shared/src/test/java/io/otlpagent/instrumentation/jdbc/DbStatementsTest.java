package io.otlpagent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DbStatementsTest {

  @Test
  void lastStatementIsFoundByItsThread() {
    Object statement = new Object();
    DbStatement known = known();

    DbStatements.put(statement, known);

    assertThat(DbStatements.get(statement)).isSameAs(known);
    DbStatements.remove(statement);
    assertThat(DbStatements.get(statement)).isNull();
  }

  @Test
  void earlierStatementIsFoundToo() {
    Object first = new Object();
    Object second = new Object();
    DbStatement ofFirst = known();
    DbStatement ofSecond = known();

    DbStatements.put(first, ofFirst);
    DbStatements.put(second, ofSecond);

    assertThat(DbStatements.get(first)).isSameAs(ofFirst);
    assertThat(DbStatements.get(second)).isSameAs(ofSecond);
    DbStatements.remove(first);
    assertThat(DbStatements.get(first)).isNull();
    assertThat(DbStatements.get(second)).isSameAs(ofSecond);
  }

  @Test
  void statementIsFoundByAnotherThread() {
    Object statement = new Object();
    DbStatement known = known();

    DbStatements.put(statement, known);

    assertThat(CompletableFuture.supplyAsync(() -> DbStatements.get(statement)).join())
        .isSameAs(known);
  }

  @Test
  void statementThatStaysOpenIsKnownAndCanBeCollected() {
    Object statement = new Object();
    DbStatement known = known();
    DbStatements.put(statement, known);
    WeakReference<Object> reference = new WeakReference<>(statement);

    DbStatements.letGo();
    DbStatements.letGo();

    assertThat(DbStatements.get(statement)).isSameAs(known);
    assertThat(known.owner()).isNull();
    statement = null;
    await()
        .until(
            () -> {
              System.gc();
              return reference.get() == null;
            });
  }

  @Test
  void statementThatNobodyKnowsIsSearchedForOnce() {
    Object statement = new Object();
    assertThat(DbStatements.get(statement)).isNull();

    CompletableFuture.runAsync(() -> DbStatements.put(statement, known())).join();

    assertThat(DbStatements.get(statement)).isNull();
    DbStatements.remove(statement);
    DbStatement known = known();
    DbStatements.put(statement, known);
    assertThat(DbStatements.get(statement)).isSameAs(known);
    DbStatements.put(new Object(), known());
    assertThat(DbStatements.get(statement)).isSameAs(known);
  }

  private static DbStatement known() {
    return new DbStatement(new DbConnection(DbInfo.UNKNOWN), "select 1");
  }
}
