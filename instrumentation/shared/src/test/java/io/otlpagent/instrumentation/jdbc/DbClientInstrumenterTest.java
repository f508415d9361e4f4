package io.otlpagent.instrumentation.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.PeerService;
import io.otlpagent.instrumentation.semconv.PeerServices;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DbClientInstrumenterTest {

  private final InstrumentationScope scope = InstrumentationScope.of("db-client-test");
  private final DbClientInstrumenter instrumenter = new DbClientInstrumenter(scope);
  private final Object connection = new Object();
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
    scope.enable(true);
    Tracer.uninstall();
    SemconvSettings.install(SemconvSettings.DEFAULT);
    DbConnections.statementClosed(statement);
    DbConnections.connectionClosed(connection);
  }

  @Test
  void textsAreNotReadWhileTheInstrumentationIsOff() {
    scope.enable(false);

    assertThat(instrumenter.enabled()).isFalse();
    assertThat(instrumenter.start(statement, "SELECT 1")).isNull();
    assertThat(DbConnections.statementIfKnown(statement)).isNull();
  }

  @Test
  void textsAreNotReadWhileTheAgentIsPaused() {
    Tracer.pause();

    assertThat(instrumenter.start(statement, "SELECT 1")).isNull();
    assertThat(DbConnections.statementIfKnown(statement)).isNull();
  }

  @Test
  void batchOfTheTimeBeforeIsNotThatOfTheNextCall() {
    DbConnections.created(connection, statement, "INSERT INTO t VALUES (?)");
    DbConnections.added(DbConnections.adding(statement, null), null);
    DbConnections.added(DbConnections.adding(statement, null), null);
    scope.enable(false);
    assertThat(instrumenter.startBatch(statement)).isNull();
    scope.enable(true);
    DbConnections.added(DbConnections.adding(statement, null), null);

    DbSpan span = requireNonNull(instrumenter.startBatch(statement));
    end(span);

    assertThat(span.name()).isEqualTo("INSERT t");
  }

  @Test
  void statementPreparedWhileSwitchedOffIsReadLater() {
    scope.enable(false);
    DbConnections.created(connection, statement, "INSERT INTO t VALUES (?)");
    assertThat(instrumenter.start(statement)).isNull();
    scope.enable(true);

    DbSpan span = requireNonNull(instrumenter.start(statement));
    end(span);

    assertThat(span.name()).isEqualTo("INSERT t");
  }

  @Test
  void endsOfCallsThatNobodySawAreForgotten() {
    DbConnections.opened(connection, JdbcUrls.info("jdbc:h2:mem:lost", null));
    DbStatementCalls.begin(connection);
    DbStatementCalls.beginClose(new Object());
    end(requireNonNull(instrumenter.start(new Object(), "SELECT 1")));

    DbStatementCalls.begin(connection);
    DbStatementCalls.begin(connection);
    DbStatementCalls.end(connection, new Object(), "SELECT 3");
    DbStatementCalls.end(connection, statement, "SELECT 2");
    end(requireNonNull(instrumenter.start(statement)));
    DbStatementCalls.beginClose(statement);
    DbStatementCalls.endClose();

    assertThat(DbStatementCalls.outermost()).isFalse();
    assertThat(DbConnections.statementIfKnown(statement)).isNull();
  }

  @Test
  void parametersAreSeenAgainAfterOneWhoseEndNobodySaw() {
    DbConnections.created(connection, statement, "SELECT ?");
    assertThat(DbParameterCalls.begin(statement, 1, "a")).isNotNull();
    assertThat(DbParameterCalls.begin(statement, 1, "b")).isNull();
    end(requireNonNull(instrumenter.start(statement)));
    assertThat(DbParameterCalls.begin(statement, 1, "c")).isNotNull();
    DbStatementCalls.beginClose(statement);
    DbStatementCalls.endClose();

    DbConnections.created(connection, statement, "SELECT ?");
    DbStatement known = DbParameterCalls.begin(statement, 1, "d");

    assertThat(known).isNotNull();
    DbParameterCalls.end(known, null);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:mem:x, 1",
    "jdbc:postgresql://db/x, 1",
    "jdbc:oracle:thin:@//db/x,",
    "jdbc:sqlserver://db,",
    "jdbc:nobody:knows,"
  })
  void parametersOfDriversWithSettersOfTheirOwnAreToldOnce(String url, @Nullable String later) {
    DbConnections.opened(connection, JdbcUrls.info(url, null));
    DbConnections.created(connection, statement, "SELECT ?, ?");
    DbParameterCalls.end(DbParameterCalls.begin(statement, 1, 1), null);
    DbParameterCalls.end(DbParameterCalls.begin(statement, 2, 2), null);
    DbSpan first = requireNonNull(instrumenter.start(statement));
    end(first);

    DbParameterCalls.end(DbParameterCalls.begin(statement, 2, 3), null);
    DbSpan second = requireNonNull(instrumenter.start(statement));
    end(second);

    assertThat(new RecordedSpan(first).attribute("db.query.parameter.0")).isEqualTo("1");
    assertThat(new RecordedSpan(second).attribute("db.query.parameter.0")).isEqualTo(later);
    assertThat(new RecordedSpan(second).attribute("db.query.parameter.1")).isEqualTo("3");
  }

  @Test
  void serviceThatIsCalledHasItsName() {
    DbConnections.opened(connection, JdbcUrls.info("jdbc:postgresql://db.example/shop", null));
    DbConnections.created(connection, statement, "INSERT INTO t VALUES (?)");
    DbSpan span = requireNonNull(instrumenter.start(statement));
    end(span);

    assertThat(peerService(span, "db.example:5432=orders")).isEqualTo("orders");
    assertThat(peerService(span, "DB.example=shop")).isEqualTo("shop");
    assertThat(peerService(span, "db.example:5433=orders")).isNull();
  }

  private void end(DbSpan span) {
    instrumenter.end(span, instrumenter.leave(span), null);
  }

  private static @Nullable String peerService(DbSpan span, String mapping) {
    int equals = mapping.indexOf('=');
    PeerService service =
        PeerService.of(mapping.substring(0, equals), mapping.substring(equals + 1));
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withPeerServices(new PeerServices(List.of(service))));
    return (String) new RecordedSpan(span).attribute("peer.service");
  }
}
