package io.otlpagent.instrumentation.semconv.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.jdbc.JdbcUrls;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements do to the namespace of their connection. */
final class SqlMovesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      nullValues = "-",
      value = {
        "jdbc:mysql://db/shop # USE other                              # other",
        "jdbc:mysql://db/shop # use `My Other`;                        # My Other",
        "jdbc:mysql://db/shop # /* x */ USE a; SELECT 1; USE b         # b",
        "jdbc:mariadb://db/shop # USE ?                                # -",
        "jdbc:sqlserver://db;databaseName=shop # USE [other db]        # other db",
        "jdbc:sqlserver://db\\i;databaseName=shop # USE other          # i|other",
        "jdbc:postgresql://db/shop # SET search_path TO App, public    # shop|app",
        "jdbc:postgresql://db/shop # set session search_path = \"App\" # shop|App",
        "jdbc:postgresql://db/shop # SET SCHEMA 'app'                  # shop|app",
        "jdbc:postgresql://db/shop?currentSchema=a # RESET search_path # shop",
        "jdbc:postgresql://db/shop?currentSchema=a # SET LOCAL search_path TO b # shop",
        "jdbc:postgresql://db/shop?currentSchema=a # DISCARD ALL       # shop",
        "jdbc:trino://db/hive/web # USE iceberg.sales                  # iceberg|sales",
        "jdbc:trino://db/hive/web # USE sales                          # hive|sales",
        "jdbc:snowflake://db/?db=a&schema=b # USE SCHEMA c             # a|c",
        "jdbc:snowflake://db/?db=a&schema=b # USE DATABASE c           # c",
        "jdbc:snowflake://db/?db=a&schema=b # USE WAREHOUSE c          # a|b",
        "jdbc:oracle:thin:@db:1521:x # ALTER SESSION SET CURRENT_SCHEMA = a # -",
        "jdbc:db2://db/shop # SET CURRENT SCHEMA = A                   # shop",
        "jdbc:h2:mem:shop # SET SCHEMA a                               # shop",
        "jdbc:databricks://db:443/shop # USE CATALOG c                 # -",
      })
  void namespaceIsTheOneAfterTheStatement(String url, String sql, String namespace) {
    DbInfo info = JdbcUrls.info(url, null);

    DbNamespace moves = DbQuery.of(sql, info.system().dialect()).moves();

    assertThat(moves == null ? info.namespace() : moves.after(info).namespace())
        .isEqualTo(namespace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM use",
        "SELECT 'USE other'",
        "-- USE other",
        "SELECT a FROM t USE INDEX (b)",
        "CREATE SCHEMA a",
        "SET a = 'schema'",
        "UPDATE catalog SET schema = 1",
        "USE ROLE r",
        "",
      })
  void otherTextsMoveNothing(String sql) {
    for (SqlDialect dialect : SqlDialect.values()) {
      assertThat(DbQuery.of(sql, dialect).moves()).isNull();
    }
  }
}
