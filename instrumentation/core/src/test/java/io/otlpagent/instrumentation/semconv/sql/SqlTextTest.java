package io.otlpagent.instrumentation.semconv.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SqlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "a = 1.2e-3 AND b=.01               # a = ? AND b=?",
        "a-1, (a)-1, ?-1, a - 1, a - -1     # a-?, (a)-?, ?-?, a - ?, a - ?",
        "x'CAFE', N'ü', B'01', U&'d\\0061'  # ?, ?, ?, ?",
        "DATE '2020-01-01', {ts '2020'}     # DATE ?, {ts ?}",
        "a IS TRUE AND b = false, t.true    # a IS ? AND b = ?, t.true",
        "a IN (1,2 , 3) AND b IN(?, ?)      # a IN (?) AND b IN(?)",
        "a IN (1, b) AND (a, b) IN ((1, 2)) # a IN (?, b) AND (a, b) IN ((?, ?))",
        "a IN (SELECT b FROM c)             # a IN (SELECT b FROM c)",
        "a = :name AND b = :1               # a = :name AND b = :1",
        "a::int, '5'::int, b[1:2]           # a::int, ?::int, b[?:?]",
        "c3po, n1h1=1234, dbo.Table, 1a     # c3po, n1h1=?, dbo.Table, ?",
        "'it''s', '', 'a'  'b'              # ?, ?, ?  ?",
        "$tag$ it's $$ x $tag$, $$y$$, $1   # ?, ?, $1",
      })
  void literalsBecomePlaceholders(String sql, String text) {
    assertThat(SqlQuery.of(sql, SqlDialect.POSTGRESQL).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(
      value = SqlDialect.class,
      names = {"POSTGRESQL", "ORACLE", "SQL_SERVER", "STANDARD", "ESCAPING"})
  void doubleQuotesAreForNames(SqlDialect dialect) {
    assertThat(SqlQuery.of("SELECT \"a \"\"b\"\" 1\"", dialect).text())
        .isEqualTo("SELECT \"a \"\"b\"\" 1\"");
  }

  @ParameterizedTest
  @EnumSource(
      value = SqlDialect.class,
      names = {"MYSQL", "HIVE", "SQLITE", "UNKNOWN"})
  void doubleQuotesMayBeForStrings(SqlDialect dialect) {
    assertThat(SqlQuery.of("SELECT \"se\"\"cret\", 1", dialect).text()).isEqualTo("SELECT ?, ?");
  }

  @Test
  void backslashEscapesWhereItDoes() {
    String sql = "SELECT 'a\\'secret', b";

    assertThat(SqlQuery.of(sql, SqlDialect.HIVE).text()).isEqualTo("SELECT ?, b");
    assertThat(SqlQuery.of("SELECT E'a\\'secret', b", SqlDialect.POSTGRESQL).text())
        .isEqualTo("SELECT ?, b");
    assertThat(SqlQuery.of("SELECT 'C:\\', b", SqlDialect.STANDARD).text())
        .isEqualTo("SELECT ?, b");
  }

  @ParameterizedTest
  @EnumSource(
      value = SqlDialect.class,
      names = {"MYSQL", "POSTGRESQL", "UNKNOWN"})
  void nothingIsShownThatIsALiteralInOneOfTwoModes(SqlDialect dialect) {
    // NO_BACKSLASH_ESCAPES, standard_conforming_strings
    assertThat(SqlQuery.of("SELECT 1 FROM t WHERE a='x\\' AND b='secret'", dialect).text())
        .isEqualTo("SELECT ? FROM t WHERE a=?");
    assertThat(SqlQuery.of("SELECT 1 FROM t WHERE a='x\\' , 'secret' AND c", dialect).text())
        .isEqualTo("SELECT ? FROM t WHERE a=?");
    assertThat(SqlQuery.of("SELECT 1 FROM t WHERE a='x\\'' AND b='secret'", dialect).text())
        .isEqualTo("SELECT ? FROM t WHERE a=?");
    assertThat(SqlQuery.of("SELECT 1 FROM t WHERE a='x\\n' AND b='\\\\' AND c", dialect).text())
        .isEqualTo("SELECT ? FROM t WHERE a=? AND b=? AND c");
  }

  @Test
  void nothingIsShownBehindAQuoteThatMayBeEscaped() {
    assertThat(SqlQuery.of("SELECT 'a\\'secret', 'b' FROM c", SqlDialect.UNKNOWN).text())
        .isEqualTo("SELECT ?");
    assertThat(SqlQuery.of("SELECT 'a\\\\', b", SqlDialect.UNKNOWN).text())
        .isEqualTo("SELECT ?, b");
  }

  @Test
  void commentsAreRemoved() {
    assertThat(SqlQuery.of("a /* 'x' */ b -- 'y'\n, 1", SqlDialect.STANDARD).text())
        .isEqualTo("a  b \n, ?");
  }

  @Test
  void mysqlCommentsAreRemoved() {
    assertThat(SqlQuery.of("SELECT a # 'x'\n, 5--'y'\n", SqlDialect.MYSQL).text())
        .isEqualTo("SELECT a \n, ?--?\n");
  }

  @Test
  void nestedCommentsAreRemoved() {
    assertThat(SqlQuery.of("a /* 1 /* 2 */ 'x' */ b", SqlDialect.POSTGRESQL).text())
        .isEqualTo("a  b");
    assertThat(SqlQuery.of("a /* 1 /* 2 */ b", SqlDialect.MYSQL).text()).isEqualTo("a  b");
  }

  @Test
  void oracleQuotesAreLiterals() {
    assertThat(SqlQuery.of("SELECT q'[it's]', nq'!a'b!' FROM t@link", SqlDialect.ORACLE).text())
        .isEqualTo("SELECT ?, ? FROM t@link");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '~',
      value = {
        "CREATE USER a IDENTIFIED BY s3cr!t                   # CREATE USER a IDENTIFIED BY ?",
        "ALTER USER a IDENTIFIED BY \"s\" REPLACE old         # ALTER USER a IDENTIFIED BY ?"
            + " REPLACE ?",
        "GRANT ALL ON x TO a IDENTIFIED BY s WITH GRANT OPTION # GRANT ALL ON x TO a IDENTIFIED BY"
            + " ? WITH GRANT OPTION",
        "CREATE USER a PASSWORD secret ADMIN                  # CREATE USER a PASSWORD ? ADMIN",
        "create user if not exists a password digest secret   # create user if not exists a"
            + " password digest ?",
        "ALTER ROLE a WITH PASSWORD = secret, b               # ALTER ROLE a WITH PASSWORD = ?, b",
        "ALTER USER a PASSWORD EXPIRE                         # ALTER USER a PASSWORD EXPIRE",
        "SET PASSWORD secret                                  # SET PASSWORD ?",
        "SET PASSWORD FOR a = secret                          # SET PASSWORD FOR a = ?",
        "ALTER TABLE users ADD password varchar               # ALTER TABLE users ADD password"
            + " varchar",
        "SELECT password FROM users                           # SELECT password FROM users",
        "SELECT 1; CREATE USER a IDENTIFIED WITH p AS s       # SELECT ?; CREATE USER a IDENTIFIED"
            + " WITH p AS ?",
        "CREATE DATABASE LINK l CONNECT TO u IDENTIFIED BY pw USING 'x' # CREATE DATABASE LINK l"
            + " CONNECT TO u IDENTIFIED BY ? USING ?",
      })
  void passwordsWithoutQuotesAreReplaced(String sql, String text) {
    assertThat(SqlQuery.of(sql, SqlDialect.ORACLE).text()).isEqualTo(text);
  }

  @Test
  void textWithoutLiteralsIsTheStatementItself() {
    String sql = "SELECT a FROM b WHERE c = ?";

    SqlQuery query = SqlQuery.of(sql, SqlDialect.STANDARD);

    assertThat(query.text()).isSameAs(sql);
    assertThat(query.parameterized()).isTrue();
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    String sql = "SELECT " + "😀".repeat(20_000);

    String text = SqlQuery.of(sql, SqlDialect.STANDARD).text();

    assertThat(text).hasSize(SqlText.MAX_LENGTH - 1);
    assertThat(sql).startsWith(text);
  }
}
