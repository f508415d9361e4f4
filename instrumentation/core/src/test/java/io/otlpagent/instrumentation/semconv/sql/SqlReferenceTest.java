package io.otlpagent.instrumentation.semconv.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.db.DbSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The cases that OpenTelemetry publishes with the semantic conventions, as {@code
 * docs/non-normative/database-test-cases/db-sql-test-cases.json} of the repository
 * open-telemetry/semantic-conventions, under the Apache License 2.0.
 */
final class SqlReferenceTest {

  /** Where we say more than the reference, which forgets a target and an operation. */
  private static final Map<String, String> OUR_SUMMARIES =
      Map.of(
          "update_set_parenthesized_constant", "UPDATE T",
          "select_with_union_and_order_by", "SELECT Customers SELECT Suppliers");

  record Case(String name, String system, String query, List<String> texts, String summary) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textAndSummaryAreThoseOfTheReference(Case reference) {
    SqlQuery query = SqlQuery.of(reference.query(), dialect(reference.system()));

    assertThat(query.text()).isIn(reference.texts());
    assertThat(query.summary())
        .isEqualTo(OUR_SUMMARIES.getOrDefault(reference.name(), reference.summary()));
  }

  private static SqlDialect dialect(String system) {
    return Stream.of(DbSystem.values())
        .filter(known -> known.systemName().equals(system))
        .findFirst()
        .orElseThrow()
        .dialect();
  }

  @SuppressWarnings("unchecked")
  static Stream<Case> cases() {
    try (InputStream json =
        SqlReferenceTest.class.getResourceAsStream("/semconv/db-sql-test-cases.json")) {
      Object all = new Load(LoadSettings.builder().build()).loadFromInputStream(json);
      return ((List<Map<String, Object>>) all)
          .stream()
              .map(
                  entry -> {
                    Map<String, String> input = (Map<String, String>) entry.get("input");
                    Map<String, Object> expected = (Map<String, Object>) entry.get("expected");
                    return new Case(
                        (String) entry.get("name"),
                        input.get("db.system.name"),
                        input.get("query"),
                        (List<String>) expected.get("db.query.text"),
                        (String) expected.get("db.query.summary"));
                  });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
