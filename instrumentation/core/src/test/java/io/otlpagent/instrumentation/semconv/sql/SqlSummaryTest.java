package io.otlpagent.instrumentation.semconv.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlSummaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "SELECT * FROM wuser_table WHERE username = ?                  # SELECT wuser_table",
        "SELECT 1                                                      # SELECT",
        "SELECT * FROM \"song list\", 'artists'                        # SELECT \"song list\" 'artists'",
        "select a.b, c from x.y.z left outer join q using (id), w      # select x.y.z q w",
        "SELECT count(*) FROM (SELECT DISTINCT a FROM b) t, c          # SELECT SELECT b c",
        "SELECT a FROM t WHERE b IN (SELECT c FROM d) ORDER BY e, f    # SELECT t SELECT d",
        "SELECT a, (SELECT max(b) FROM c) FROM d                       # SELECT SELECT c d",
        "SELECT EXTRACT(YEAR FROM d), trim(both ' ' from e) FROM f     # SELECT f",
        "SELECT a IS DISTINCT FROM b FROM c                            # SELECT c",
        "SELECT a FROM b FOR UPDATE OF c, d                            # SELECT b",
        "SELECT a FROM ONLY b, LATERAL (SELECT c FROM d) e             # SELECT b SELECT d",
        "SELECT a FROM {oj b LEFT OUTER JOIN c ON b.x = c.x}           # SELECT b c",
        "SELECT a FROM (b JOIN c ON b.x = c.x) JOIN d                  # SELECT b c d",
        "SELECT a FROM (VALUES (1), (2)) v                             # SELECT",
        "(SELECT a FROM b) UNION ALL (SELECT a FROM c)                 # SELECT b SELECT c",
        "SELECT a FROM b UNION SELECT a FROM c                         # SELECT b SELECT c",
        "WITH s AS (select a from b) SELECT c FROM t                   # select b SELECT t",
        "WITH RECURSIVE s(n) AS (SELECT 1 UNION SELECT n FROM s) DELETE FROM t # SELECT SELECT s DELETE t",
        "WITH moved AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM moved # DELETE a INSERT b SELECT moved",
        "INSERT INTO t VALUES (?, (SELECT a FROM b))                   # INSERT t SELECT b",
        "INSERT IGNORE INTO db.t SET a = 1                             # INSERT db.t",
        "INSERT OR REPLACE INTO t VALUES (1)                           # INSERT t",
        "INSERT INTO t(a) VALUES (1) ON DUPLICATE KEY UPDATE a = 2, b = 3 # INSERT t",
        "INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 3 # INSERT t",
        "REPLACE INTO t VALUES (1)                                     # REPLACE t",
        "UPDATE t SET x = (SELECT y FROM t2)                           # UPDATE t SELECT t2",
        "UPDATE t SET a = 1, b = 2 WHERE c = 3                         # UPDATE t",
        "UPDATE t1, t2 SET t1.a = t2.a                                 # UPDATE t1 t2",
        "UPDATE ONLY t AS x SET a = y.b FROM y                         # UPDATE t y",
        "DELETE FROM t WHERE a = 1                                     # DELETE t",
        "DELETE t WHERE a = 1                                          # DELETE t",
        "DELETE o FROM orders o JOIN lines l ON o.id = l.id            # DELETE orders lines",
        "DELETE TOP (10) FROM t                                        # DELETE t",
        "MERGE INTO t USING (SELECT a FROM s) x ON (t.a = x.a) WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT (a) VALUES (1) # MERGE t SELECT s",
        "TRUNCATE TABLE t                                              # TRUNCATE TABLE t",
        "TRUNCATE t                                                    # TRUNCATE t",
        "DROP TABLE IF EXISTS a, b.c CASCADE                           # DROP TABLE a b.c",
        "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT a FROM b         # CREATE VIEW v",
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)            # CREATE INDEX i",
        "CREATE INDEX ON t (a)                                         # CREATE INDEX",
        "ALTER SESSION SET CURRENT_SCHEMA = x                          # ALTER",
        "EXEC p 1, 2                                                   # EXEC p",
        "EXEC @rc = dbo.p @a = 1                                       # EXEC dbo.p",
        "EXECUTE IMMEDIATE 'DROP TABLE x'                              # EXECUTE",
        "CALL schema.p(?, ?)                                           # CALL schema.p",
        "{? = call p(?)}                                               # call p",
        "EXPLAIN SELECT * FROM u                                       # EXPLAIN SELECT u",
        "EXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1                 # EXPLAIN UPDATE t",
        "BEGIN TRANSACTION                                             # BEGIN TRANSACTION",
        "BEGIN                                                         # BEGIN",
        "BEGIN p(?); q(?); END;                                        # BEGIN",
        "START TRANSACTION READ ONLY                                   # START TRANSACTION",
        "COMMIT                                                        # COMMIT",
        "COMMIT TRANSACTION                                            # COMMIT TRANSACTION",
        "COMMIT WORK; ROLLBACK TO SAVEPOINT a                          # COMMIT WORK; ROLLBACK",
        "LOCK TABLE t IN EXCLUSIVE MODE                                # LOCK TABLE t",
        "LOCK TABLES t READ                                            # LOCK TABLES t",
        "USE db                                                        # USE db",
        "USE `my db`                                                   # USE `my db`",
        "USE DATABASE db                                               # USE DATABASE db",
        "SELECT * FROM a CROSS APPLY b WHERE c = 1                     # SELECT a b",
        "SELECT * FROM a x OUTER APPLY (SELECT b FROM c) y             # SELECT a SELECT c",
        "SELECT * FROM [my table] WHERE [a b] = 'x'                    # SELECT [my table]",
        "INSERT INTO [dbo].[my table] VALUES (1)                       # INSERT [dbo].[my table]",
        "SELECT ['a', 'b'], [1, 2] FROM t                              # SELECT t",
        "GRANT SELECT, INSERT ON t TO u                                # GRANT",
        "SET search_path TO a                                          # SET",
        "VALUES (1)                                                    # VALUES",
        "SELECT 1; SELECT a FROM b;                                    # SELECT; SELECT b",
        ";WITH s AS (SELECT a FROM b) UPDATE s SET a = 1               # SELECT b UPDATE s",
        "/* x */ SELECT a FROM /* y */ b                               # SELECT b",
        "SELECT a FROM b EXEC p 'secret', 'x'                          # SELECT b",
        "SELECT a FROM b, 'secret'                                     # SELECT b",
        "SELECT a FROM ?                                               # SELECT",
        "frobnicate the 'thing'                                        # ~~",
        "SELECT REPLACE(a, 'b', 'c'), INSERT(a, 1, 2, 'b') FROM d      # SELECT d",
        "SELECT a FROM b WHERE c = 'it''s; DROP TABLE d'               # SELECT b",
      })
  void namesOperationsAndTargetsInOrder(String sql, String summary) {
    assertThat(SqlQuery.of(sql, SqlDialect.UNKNOWN).summary()).isEqualTo(summary);
  }

  @Test
  void longSummaryEndsWithAWholeToken() {
    String table = "t".repeat(30);

    String summary =
        SqlQuery.of("SELECT a FROM " + (table + ", ").repeat(20) + "b", SqlDialect.STANDARD)
            .summary();

    assertThat(summary).isEqualTo("SELECT" + (" " + table).repeat(8)).hasSizeLessThan(256);
  }

  @Test
  void qualifiedNameIsCutAsAWhole() {
    String sql = "SELECT a FROM b, " + "s".repeat(200) + "." + "t".repeat(200);

    assertThat(SqlQuery.of(sql, SqlDialect.STANDARD).summary()).isEqualTo("SELECT b");
  }

  @Test
  void calledProcedureIsNamed() {
    SqlQuery query = SqlQuery.of("CALL a.\"b c\"(?)", SqlDialect.STANDARD);

    assertThat(query.storedProcedure()).isEqualTo("a.\"b c\"");
    assertThat(query.text()).isEqualTo("CALL a.\"b c\"(?)");
  }

  @Test
  void callEscapeHasNoText() {
    SqlQuery query = SqlQuery.of("{call some_stored_procedure}", SqlDialect.STANDARD);

    assertThat(query.summary()).isEqualTo("call some_stored_procedure");
    assertThat(query.storedProcedure()).isEqualTo("some_stored_procedure");
    assertThat(query.text()).isNull();
  }

  @Test
  void quotedNamesAreTargetsInEveryDialect() {
    assertThat(SqlQuery.of("SELECT a FROM [My Table]", SqlDialect.SQL_SERVER).summary())
        .isEqualTo("SELECT [My Table]");
    assertThat(SqlQuery.of("UPDATE `a`.`b` SET c = 1", SqlDialect.MYSQL).summary())
        .isEqualTo("UPDATE `a`.`b`");
    assertThat(SqlQuery.of("INSERT INTO \"a\".\"b\" VALUES (1)", SqlDialect.POSTGRESQL).summary())
        .isEqualTo("INSERT \"a\".\"b\"");
    assertThat(SqlQuery.of("INSERT INTO \"a\" VALUES (1)", SqlDialect.SQLITE).summary())
        .isEqualTo("INSERT \"a\"");
  }
}
