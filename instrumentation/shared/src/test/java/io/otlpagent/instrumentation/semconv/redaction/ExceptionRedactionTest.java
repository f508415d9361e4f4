package io.otlpagent.instrumentation.semconv.redaction;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.jdbc.DbClientInstrumenter;
import io.otlpagent.instrumentation.jdbc.DbConnections;
import io.otlpagent.instrumentation.semconv.ExceptionMessages;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.db.DbError;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.semconv.http.HttpServerInstrumenter;
import io.otlpagent.instrumentation.semconv.http.HttpServerSpan;
import io.otlpagent.instrumentation.testing.TestRequest;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request shows of an exception that a database or a header has a part in. */
final class ExceptionRedactionTest {

  private static final String SQL = "INSERT INTO person (name) VALUES ('zqsecret')";
  private static final String SAID = "Duplicate entry 'zqsecret' for key 'name'";
  private static final String SHOWN = "Duplicate entry ? for key ?";

  private final HttpServerInstrumenter<TestRequest, Integer> server =
      new HttpServerInstrumenter<>("redaction-test", new TestRequest("GET", "/"));
  private final DbClientInstrumenter database =
      new DbClientInstrumenter(InstrumentationScope.of("redaction-db-test"));
  private final Object statement = new Object();

  @BeforeEach
  void install() {
    Tracer.install(
        new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            span -> {}));
  }

  @AfterEach
  void restore() {
    Tracer.uninstall();
    SemconvSettings.install(SemconvSettings.DEFAULT);
    DbConnections.statementClosed(statement);
  }

  @Test
  void whatADatabaseSaysIsRedactedInTheRequestThatItReaches() {
    Span span = fail("/", null, new SQLException(SAID, "23000", 1062));

    assertThat(span.statusMessage()).isEqualTo(SHOWN);
    assertThat(requireNonNull(span.exception()).message()).isEqualTo(SHOWN);
    assertThat(span.exception().stackTrace())
        .startsWith("java.sql.SQLException: " + SHOWN + "\n\tat " + getClass().getName())
        .doesNotContain("zqsecret");
  }

  @Test
  void whatOthersQuoteOfADatabaseIsRedactedAndTheRestStays() {
    SQLException said = new SQLException(SAID, "23000", 1062);
    Throwable thrown =
        new RuntimeException("order 17 of 'alice' failed: " + SAID, new Exception(said));

    Span span = fail("/", null, thrown);

    assertThat(span.statusMessage()).isEqualTo("order 17 of 'alice' failed: " + SHOWN);
    assertThat(stackTrace(span))
        .contains("Caused by: java.lang.Exception: java.sql.SQLException: " + SHOWN + "\n")
        .contains("Caused by: java.sql.SQLException: " + SHOWN + "\n")
        .doesNotContain("zqsecret");
  }

  @Test
  void whatIsSuppressedOrNextIsRedactedToo() {
    SQLException next = new SQLException("Failing row contains (1, zqsecret, null).");
    SQLException batch = new BatchUpdateException("batch failed", new int[0]);
    batch.setNextException(next);
    RuntimeException thrown = new RuntimeException("said " + next.getMessage(), batch);
    thrown.addSuppressed(new SQLException("on close of 'zqsecret'"));
    batch.addSuppressed(new NumberFormatException("For input string: \"zqsecret\""));

    Span span = fail("/", null, thrown);

    assertThat(span.statusMessage()).isEqualTo("said Failing row contains (?).");
    assertThat(stackTrace(span))
        .contains("Suppressed: java.sql.SQLException: on close of ?\n")
        .contains("Suppressed: java.lang.NumberFormatException: For input string: ?\n")
        .doesNotContain("zqsecret");
  }

  @Test
  void statementsThatFrameworksQuoteLoseTheirLiterals() {
    SQLException said = new SQLException("syntax error");
    String[] texts = {
      "StatementCallback; bad SQL grammar [SELECT a[1] FROM t WHERE b = 'zqsecret']",
      "could not execute statement [syntax error] [insert into t values ('zqsecret', 42)]",
      "### SQL: update t set a = 'zqsecret'\n### Cause: syntax error",
      "Call: CALL p('zqsecret')\n\tbind => [1]",
    };
    String[] shown = {
      "StatementCallback; bad SQL grammar [SELECT a[?] FROM t WHERE b = ?]",
      "could not execute statement [syntax error] [insert into t values (?, ?)]",
      "### SQL: update t set a = ?\n### Cause: syntax error",
      "Call: CALL p(?)\n\tbind => [1]",
    };
    for (int i = 0; i < texts.length; i++) {
      Span span = fail("/", null, new RuntimeException(texts[i], said));

      assertThat(span.statusMessage()).isEqualTo(shown[i]);
    }
  }

  @Test
  void statementThatFailedIsRecognizedWhereverItStands() {
    Span span =
        fail("/", SQL, new IllegalStateException("while running " + SQL + " for 'alice': " + SAID));

    assertThat(span.statusMessage())
        .isEqualTo("while running INSERT INTO person (name) VALUES (?) for 'alice': " + SHOWN);
  }

  @Test
  void textThatIsCutShowsNoPartOfAValue() {
    String filling = new String(new char[8 * 1024 - 25]).replace('\0', '-');

    Span span = fail("/", null, new RuntimeException(filling + SAID, new SQLException(SAID)));

    assertThat(span.statusMessage()).startsWith(filling).doesNotContain("zqs");
  }

  @Test
  void exceptionOfTheApplicationAloneStays() {
    String text = "order 17 of 'alice' has no [select 'x'] and jdbc:x:y";

    assertThat(fail("/", null, new RuntimeException(text)).statusMessage()).isEqualTo(text);
  }

  @Test
  void redactedValuesOfTheRequestAreRedactedInItsException() {
    Span span =
        fail(
            "/a;jsessionid=zqsession/b?token=zq%73ecret&state=ok&page=7",
            null,
            new RuntimeException(
                "no zqsecret, zq%73ecret, zqsession on page 7, is ok in token",
                new Exception("at http://bob:pw@h/?password=x y")));

    assertThat(span.statusMessage())
        .isEqualTo("no REDACTED, REDACTED, REDACTED on page 7, is REDACTED in token");
    assertThat(stackTrace(span))
        .contains("at http://REDACTED:REDACTED@h/?password=REDACTED y\n")
        .doesNotContain("zqsecret");
  }

  @Test
  void secretParameterOfABodyIsRedacted() {
    assertThat(
            fail(
                    "/",
                    null,
                    new RuntimeException("Parameter [token] with value [a%zz] has been ignored"))
                .statusMessage())
        .isEqualTo("Parameter [token] with value [REDACTED] has been ignored");
    assertThat(
            fail("/", null, new RuntimeException("Parameter [page] with value [a%zz] was bad"))
                .statusMessage())
        .isEqualTo("Parameter [page] with value [a%zz] was bad");
  }

  @Test
  void secretHeaderThatIsCapturedIsRedacted() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(
            new HttpOptions(
                new HeaderCapture(
                    "request",
                    Collections.singleton("Authorization"),
                    HeaderCapture.DEFAULT_SECRET_HEADERS),
                null,
                false),
            null));

    Span span =
        fail(
            new TestRequest("GET", "/").header("Authorization", "Bearer zqsecret"),
            null,
            new RuntimeException("no such token: zqsecret"));

    assertThat(span.statusMessage()).isEqualTo("no such token: REDACTED");
  }

  @Test
  void messagesCanBeLeftOut() {
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withExceptionMessages(ExceptionMessages.OMITTED));

    Span span = fail("/", null, new RuntimeException("own", new SQLException(SAID)));

    assertThat(span.statusMessage()).isNull();
    assertThat(requireNonNull(span.exception()).message()).isNull();
    assertThat(span.exception().stackTrace())
        .startsWith("java.lang.RuntimeException\n\tat ")
        .contains("Caused by: java.sql.SQLException\n")
        .doesNotContain("own")
        .doesNotContain("zqsecret");
  }

  @Test
  void messagesCanBeKept() {
    SemconvSettings.install(SemconvSettings.DEFAULT.withExceptionMessages(ExceptionMessages.FULL));

    Span span = fail("/?token=zqsecret", null, new RuntimeException("own", new SQLException(SAID)));

    assertThat(span.statusMessage()).isEqualTo("own");
    assertThat(stackTrace(span)).contains("Caused by: java.sql.SQLException: " + SAID);
  }

  private static void shorten(Throwable thrown) {
    thrown.setStackTrace(new StackTraceElement[] {thrown.getStackTrace()[0]});
    for (Throwable suppressed : thrown.getSuppressed()) {
      shorten(suppressed);
    }
    if (thrown.getCause() != null) {
      shorten(thrown.getCause());
    }
  }

  private static String stackTrace(Span span) {
    SpanException exception = requireNonNull(span.exception());
    return exception.stackTrace();
  }

  private Span fail(String target, @Nullable String sql, Throwable thrown) {
    return fail(new TestRequest("GET", target), sql, thrown);
  }

  /** Handles a request that fails, after a call of the database that failed with {@link #SAID}. */
  private Span fail(TestRequest request, @Nullable String sql, Throwable thrown) {
    shorten(thrown);
    HttpServerSpan span = requireNonNull(server.start(request));
    Context.enter(span);
    if (sql != null) {
      DbSpan call = requireNonNull(database.start(statement, sql));
      SQLException said = new SQLException(SAID, "23000", 1062);
      database.end(call, database.leave(call), new DbError(said, said, "23000", 1062));
    }
    Context.exit(span);
    server.end(span, 500, thrown);
    return span;
  }
}
