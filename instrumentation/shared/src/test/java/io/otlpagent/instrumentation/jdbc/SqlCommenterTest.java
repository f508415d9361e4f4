package io.otlpagent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCommenterTest {

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private @Nullable Span open;

  @AfterEach
  void end() {
    Propagation.configure(List.of("tracecontext", "baggage"));
    if (open != null) {
      Objects.requireNonNull(Tracer.installed()).end(open);
      if (open.sampled()) {
        spans.takeOne();
      }
    }
  }

  @Test
  void traceStandsAtTheEnd() {
    assertThat(SqlCommenter.comment(span(null), "SELECT 1"))
        .isEqualTo(
            String.format(
                "SELECT 1 /*traceparent='00-000000000000000a000000000000000b-%016x-01'*/",
                Objects.requireNonNull(open).spanId()));
  }

  @Test
  void semicolonStaysTheLast() {
    Span span = span(null);

    assertThat(SqlCommenter.comment(span, " SELECT 1; ;\n"))
        .matches(" SELECT 1 /\\*traceparent='[0-9a-f-]+'\\*/; ;\n");
    assertThat(SqlCommenter.comment(span, "SELECT 1; SELECT 2;"))
        .matches("SELECT 1; SELECT 2 /\\*.*\\*/;");
  }

  @Test
  void traceStateIsEncoded() {
    assertThat(SqlCommenter.comment(span("a=b'*/,c@d=x?{;%"), "SELECT 1"))
        .endsWith("-01',tracestate='a%3Db%27%2A%2F%2Cc%40d%3Dx%3F%7B%3B%25'*/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ; ",
        "SELECT /* mine */ 1",
        "SELECT 1 -- mine",
        "/*+ hint */ SELECT 1",
        "{call p(?)}",
        " {? = call p(?)}",
        "CREATE VIEW v AS SELECT 1",
        "create or replace procedure p() begin end",
        "\nALTER VIEW v AS SELECT 1",
      })
  void textThatHasOrTakesNoCommentStaysAsItIs(String sql) {
    assertThat(SqlCommenter.comment(span(null), sql)).isNull();
  }

  @Test
  void nothingIsAddedTwice() {
    Span span = span(null);

    assertThat(SqlCommenter.comment(span, SqlCommenter.comment(span, "SELECT 1"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void textOfTheApplicationIsKnownAgainUntilItsCallEnds(int length) {
    String sql = "SELECT " + "1".repeat(length);
    Span span = span(null);
    Context.enter(span);

    String commented = SqlCommenter.added(statement(), sql);
    Context.exit(span);

    assertThat(commented).startsWith(sql + " /*");
    assertThat(SqlCommenter.original(commented)).isSameAs(sql);
    assertThat(SqlCommenter.original("SELECT 2")).isEqualTo("SELECT 2");
    assertThat(SqlCommenter.original(null)).isNull();
    SqlCommenter.forget();
    assertThat(SqlCommenter.original(commented)).isSameAs(commented);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x, true",
    "jdbc:mysql://db/x, true",
    "jdbc:oracle:thin:@//db/x, true",
    "jdbc:sqlserver://db, true",
    "jdbc:h2:mem:x, true",
    "jdbc:clickhouse://db/x, false",
    "jdbc:hive2://db/x, false",
    "jdbc:impala://db/x, false",
    "jdbc:nobody:knows, false",
  })
  void onlyDatabasesThatAreKnownToTakeCommentsGetThem(String url, boolean taken) {
    DbStatement statement = new DbStatement(new DbConnection(JdbcUrls.info(url, null)), null);
    String sql = "INSERT INTO t FORMAT CSV";
    Span span = span(null);
    Context.enter(span);
    String added = SqlCommenter.added(statement, sql);
    Context.exit(span);
    DbSpan call =
        new DbSpan(
            InstrumentationScope.of("test"),
            statement.connection(),
            false,
            statement.operation(sql),
            DbSpan.NO_BATCH);
    Objects.requireNonNull(Tracer.installed()).start(call);
    String executed = SqlCommenter.executed(call, sql);
    Objects.requireNonNull(Tracer.installed()).end(call);
    spans.takeOne();

    assertThat(added != null).isEqualTo(taken);
    assertThat(executed != null).isEqualTo(taken);
  }

  private static DbStatement statement() {
    return new DbStatement(new DbConnection(JdbcUrls.info("jdbc:h2:mem:x", null)), null);
  }

  @Test
  void spanThatIsNotRecordedIsNotTold() {
    spans.sampler(Sampler.ALWAYS_OFF);

    assertThat(SqlCommenter.comment(span(null), "SELECT 1")).isNull();
    assertThat(SqlCommenter.comment(null, "SELECT 1")).isNull();
  }

  @Test
  void withoutTheHeadersOfTheW3cThereIsNoComment() {
    Propagation.configure(List.of("b3", "baggage"));

    assertThat(SqlCommenter.comment(span(null), "SELECT 1")).isNull();
  }

  private Span span(@Nullable String traceState) {
    Span span =
        new Span(InstrumentationScope.of("test"), SpanKind.CLIENT) {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void writeAttributes(AttributeWriter writer) {}
        };
    Objects.requireNonNull(Tracer.installed())
        .startRemote(span, new SpanContext(10, 11, 12, SpanContext.SAMPLED, traceState), null);
    open = span;
    return span;
  }
}
