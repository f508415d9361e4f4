package io.otlpagent.instrumentation.semconv.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.jdbc.JdbcUrls;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import org.junit.jupiter.api.Test;

final class DbQueriesTest {

  @Test
  void textIsReadOnce() {
    DbQuery first = DbQueries.of("SELECT a FROM b WHERE c = 1", SqlDialect.STANDARD);
    String same = new String("SELECT a FROM b WHERE c = 1");

    assertThat(DbQueries.of(same, SqlDialect.STANDARD)).isSameAs(first);
    assertThat(DbQueries.of(same, SqlDialect.MYSQL)).isNotSameAs(first);
  }

  @Test
  void longTextIsNotKept() {
    String sql = "SELECT " + "a".repeat(DbQueries.MAX_CACHED_LENGTH);

    assertThat(DbQueries.of(sql, SqlDialect.STANDARD))
        .isNotSameAs(DbQueries.of(sql, SqlDialect.STANDARD));
  }

  @Test
  void queryHasOneOperationForEachDatabase() {
    DbQuery query = DbQuery.of("SELECT a FROM b", SqlDialect.STANDARD);
    DbInfo one = JdbcUrls.info("jdbc:h2:mem:one", null);
    DbInfo two = JdbcUrls.info("jdbc:h2:mem:two", null);

    assertThat(query.operation(one)).isSameAs(query.operation(one));
    assertThat(query.operation(two)).isNotSameAs(query.operation(one));
    assertThat(query.operation(two).info()).isSameAs(two);
  }

  @Test
  void operationsOfVeryManyDatabasesAreNotKept() {
    DbQuery query = DbQuery.of("SELECT a FROM b", SqlDialect.STANDARD);
    for (int i = 0; i < 100; i++) {
      DbInfo info = JdbcUrls.info("jdbc:h2:mem:shard" + i, null);
      assertThat(query.operation(info).info()).isEqualTo(info);
    }
  }

  @Test
  void summaryOfABatchHasItsPrefixAndIsNotTooLong() {
    DbQuery query = DbQuery.of("INSERT INTO a VALUES (1)", SqlDialect.STANDARD);
    DbQuery longest =
        DbQuery.of("SELECT a FROM " + "b".repeat(122) + ", " + "c".repeat(122), SqlDialect.MYSQL);

    assertThat(query.batch().query().summary()).isEqualTo("BATCH INSERT a");
    assertThat(query.batch()).isSameAs(query.batch());
    assertThat(longest.batch().query().summary()).isEqualTo("BATCH SELECT " + "b".repeat(122));
  }
}
