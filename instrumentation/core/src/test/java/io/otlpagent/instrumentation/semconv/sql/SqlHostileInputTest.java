package io.otlpagent.instrumentation.semconv.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlHostileInputTest {

  private static final String[] PIECES = {
    "SELECT",
    "FROM",
    "(",
    ")",
    "'",
    "\"",
    "`",
    "[",
    "]",
    "$$",
    "$a$",
    "/*",
    "*/",
    "--",
    "#",
    "\n",
    "\\",
    "q'[",
    "E'",
    "secret",
    "0x",
    "1e",
    "-",
    "+",
    ".",
    ",",
    ";",
    "{",
    "?",
    ":",
    "@",
    "WITH",
    "INSERT",
    "UPDATE",
    "DELETE",
    "CREATE",
    "USER",
    "IDENTIFIED",
    "BY",
    "IN",
    " ",
    "\0",
    "\uD800",
    "\uDC00",
    "EXEC",
    "=",
    "TOP",
    "DROP TABLE",
    "BEGIN",
    "CALL",
  };

  @ParameterizedTest
  @EnumSource(SqlDialect.class)
  void anyTextIsRead(SqlDialect dialect) {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      for (int n = random.nextInt(30); n >= 0; n--) {
        sql.append(PIECES[random.nextInt(PIECES.length)]);
        sql.append(random.nextBoolean() ? " " : "");
      }
      assertThatCode(() -> SqlQuery.of(sql.toString(), dialect))
          .as(sql.toString())
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'secret",
        "\"secret",
        "`secret",
        "$$secret",
        "q'[secret",
        "/* secret",
        "-- secret",
        "E'secret\\'",
        "N'secret",
      })
  void whatIsNotClosedIsNotShown(String open) {
    for (SqlDialect dialect : SqlDialect.values()) {
      SqlQuery query = SqlQuery.of("SELECT a FROM b WHERE c = " + open, dialect);

      assertThat(query.text()).doesNotContain("secret");
      assertThat(query.summary()).isEqualTo("SELECT b");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "'",
        "\"",
        "[",
        "$",
        "$a",
        "$a$",
        "/*",
        "*/",
        "-",
        "--\n",
        "\\",
        "'\\",
        "a",
        "1",
        "1e-",
        ".",
        "a.",
        "?",
        ":",
        ";",
        "SELECT ",
        "(SELECT a FROM ",
        "SELECT 1;",
        "IN (",
        "q'(",
        "WITH a AS (",
        "@",
        "#",
        "\0",
        "\uD800",
        "TOP ",
        "CREATE ",
        "IDENTIFIED BY ",
        "IN (?,",
      })
  void megabytesOfOneThingAreRead(String piece) {
    String sql = piece.repeat(4_000_000 / piece.length());

    for (SqlDialect dialect : SqlDialect.values()) {
      SqlQuery query = SqlQuery.of(sql, dialect);

      assertThat(query.summary().length()).isLessThanOrEqualTo(SqlSummaryWriter.MAX_LENGTH);
      assertThat(query.text().length()).isLessThanOrEqualTo(SqlText.MAX_LENGTH);
    }
  }

  @Test
  void literalInFrontOfALongStatementIsNotShown() {
    String sql = "INSERT INTO a VALUES ('" + "secret ".repeat(1_000_000) + "'), (1)";

    SqlQuery query = SqlQuery.of(sql, SqlDialect.STANDARD);

    assertThat(query.text()).isEqualTo("INSERT INTO a VALUES (?), (?)");
    assertThat(query.summary()).isEqualTo("INSERT a");
  }

  @Test
  void emptyTextHasNothing() {
    assertThat(SqlQuery.of("", SqlDialect.STANDARD).blank()).isTrue();
    assertThat(SqlQuery.of(" \n", SqlDialect.STANDARD).blank()).isTrue();
    assertThat(SqlQuery.of("?", SqlDialect.STANDARD).blank()).isFalse();
  }
}
