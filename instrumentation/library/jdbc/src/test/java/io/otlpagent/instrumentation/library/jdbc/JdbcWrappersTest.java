package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Wrappers that know less than what they wrap, and what the driver sees of all this. */
final class JdbcWrappersTest {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("dbcp-2.13", "h2-2.4");
  private static final String WRAPPER = "org.apache.commons.dbcp2.DelegatingConnection";

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final List<String> calls = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private Connection driver;

  @BeforeEach
  void connect() throws SQLException {
    driver = LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:wrapped");
  }

  @AfterEach
  void close() throws SQLException {
    driver.close();
    SemconvSettings.install(SemconvSettings.DEFAULT);
  }

  @Test
  void wrapperLearnsTheDatabaseFromWhatItWraps() throws SQLException {
    Connection wrapper = wrap(driver);
    try (PreparedStatement statement = wrapper.prepareStatement("SELECT ?")) {
      statement.setInt(1, 1);
      statement.executeQuery().close();
      statement.executeQuery().close();
    }
    try (Statement statement = wrapper.createStatement()) {
      statement.execute("SELECT 1");
    }

    assertThat(spans.take(3))
        .allSatisfy(
            span -> {
              assertThat(span.name()).isEqualTo("SELECT");
              assertThat(span.attribute("db.system.name")).isEqualTo("h2database");
              assertThat(span.attribute("db.namespace")).isEqualTo("wrapped");
              assertThat(span.attribute("db.query.text")).isEqualTo("SELECT ?");
            });
  }

  @Test
  void dialectIsTheOneThatIsLearned() throws SQLException {
    try (Statement statement = wrap(driver).createStatement()) {
      statement.executeQuery("SELECT 1 AS \"name\"").close();
    }

    assertThat(spans.takeOne().attribute("db.query.text")).isEqualTo("SELECT ? AS \"name\"");
  }

  @Test
  void proxiesOfTheApplicationAreNoCallsOfTheirOwn() throws SQLException {
    try (Statement statement = recording(driver).createStatement()) {
      statement.executeQuery("SELECT 1").close();
    }

    assertThat(spans.takeOne().attribute("db.namespace")).isEqualTo("wrapped");
  }

  @Test
  void driverSeesTheCallsOfTheApplicationAndNoOther() throws SQLException {
    Connection wrapper = wrap(recording(driver));
    try (Statement statement = wrapper.createStatement()) {
      statement.execute("SELECT 1");
      statement.addBatch("CALL 1");
      statement.clearBatch();
    }
    try (PreparedStatement statement = wrapper.prepareStatement("SELECT ?")) {
      statement.setInt(1, 1);
      statement.executeQuery();
    }

    assertThat(calls)
        .filteredOn(call -> !call.equals("close") && !call.equals("isClosed"))
        .containsExactly(
            "createStatement",
            "execute",
            "addBatch",
            "clearBatch",
            "prepareStatement",
            "setInt",
            "executeQuery");
    spans.take(2);
  }

  @Test
  void batchWithoutStatementsHasTheSizeZero() throws SQLException {
    try (Statement statement = wrap(recording(driver)).createStatement()) {
      statement.clearBatch();
      statement.addBatch("CALL 1");
      statement.clearBatch();
      runEmptyBatch(statement);
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.name()).isEqualTo("BATCH");
    assertThat(span.attribute("db.operation.batch.size")).isEqualTo(0L);
  }

  @Test
  void emptyBatchOfAPreparedStatementSaysWhatItWouldDo() throws SQLException {
    try (Statement statement = driver.createStatement()) {
      statement.execute("CREATE TABLE message (id INT)");
    }
    for (Connection connection : List.of(driver, wrap(driver))) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM message WHERE id = ?")) {
        runEmptyBatch(statement);
      }
    }

    assertThat(spans.take(3).subList(1, 3))
        .allSatisfy(
            span -> {
              assertThat(span.name()).isEqualTo("BATCH DELETE message");
              assertThat(span.attribute("db.operation.batch.size")).isEqualTo(0L);
              assertThat(span.attribute("db.query.text"))
                  .isEqualTo("DELETE FROM message WHERE id = ?");
            });
  }

  @Test
  void textsOfABatchAreReadAgainOnceTheDatabaseIsKnown() throws SQLException {
    try (Statement statement = wrap(driver).createStatement()) {
      statement.execute("CREATE TABLE \"Big\" (\"Id\" INT)");
      statement.addBatch("UPDATE \"Big\" SET \"Id\" = 1");
      statement.addBatch("UPDATE \"Big\" SET \"Id\" = 2");
      statement.addBatch("DELETE FROM \"Big\"");
      statement.executeBatch();
    }

    RecordedSpan span = spans.take(2).get(1);
    assertThat(span.name()).isEqualTo("BATCH");
    assertThat(span.attribute("db.operation.batch.size")).isEqualTo(3L);
    assertThat(span.attribute("db.query.text"))
        .isEqualTo("UPDATE \"Big\" SET \"Id\" = ?; DELETE FROM \"Big\"");
  }

  @Test
  void connectionThatRoutesNamesTheDatabaseThatExecutes() throws Exception {
    Connection wrapper = wrap(driver);
    try (Connection other = LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:other")) {
      for (Connection target : List.of(driver, other, driver)) {
        LIBRARY.load(WRAPPER).getMethod("setDelegate", Connection.class).invoke(wrapper, target);
        try (Statement statement = wrapper.createStatement()) {
          statement.execute("SELECT 1");
        }
      }
    }

    assertThat(spans.take(3))
        .extracting(span -> span.attribute("db.namespace"))
        .containsExactly("wrapped", "other", "wrapped");
  }

  /** As a sharding data source does it, which has more than one statement of a part. */
  @Test
  void callThatSeveralDatabasesExecuteNamesNone() throws Exception {
    try (Connection other = LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:other");
        Statement statement = wrap(sharding(driver, other, other)).createStatement()) {
      statement.execute("SELECT 1");
    }

    RecordedSpan span = spans.takeOne();
    assertThat(span.attribute("db.system.name")).isEqualTo("h2database");
    assertThat(span.attribute("db.namespace")).isNull();
  }

  /** Of its statements each execution is one of all those connections. */
  private static Connection sharding(Connection... parts) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            method.getReturnType() == Statement.class ? shardingStatement(parts) : null);
  }

  private static Statement shardingStatement(Connection... parts) {
    return proxy(
        Statement.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("execute")) {
            return null;
          }
          for (Connection part : parts) {
            try (Statement statement = part.createStatement()) {
              statement.execute((String) arguments[0]);
            }
          }
          return false;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcWrappersTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static void runEmptyBatch(Statement statement) {
    try {
      statement.executeBatch();
    } catch (SQLException e) {
      // Some drivers take an empty batch for an error.
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Test
  void onlyTheDriverSeesTheTraceInWhatIsPrepared() throws SQLException {
    JdbcLibrary.useOptions(true);
    driver.close();
    connect();
    Connection wrapper = wrap(recording(driver));
    JdbcLibrary.useOptions(false);
    String sql =
        "SELECT EXECUTING_STATEMENT FROM INFORMATION_SCHEMA.SESSIONS"
            + " WHERE SESSION_ID = SESSION_ID()";

    spans.inSpan(
        "parent",
        () -> {
          try (PreparedStatement statement = wrapper.prepareStatement(sql);
              ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).containsOnlyOnce("traceparent");
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });

    assertThat(texts).containsExactly(sql);
    assertThat(spans.take(2).get(0).attribute("db.query.text").toString()).startsWith("SELECT");
  }

  @Test
  void driverThatNobodyKnowsGetsTheTextOfTheApplication() throws SQLException {
    JdbcLibrary.useOptions(true);
    Connection wrapper = wrap(unknown());
    JdbcLibrary.useOptions(false);
    spans.inSpan(
        "parent",
        () -> {
          try (Statement statement = wrapper.createStatement();
              PreparedStatement prepared = wrapper.prepareStatement("INSERT 2 FORMAT CSV")) {
            statement.execute("INSERT 1 FORMAT CSV");
            statement.addBatch("INSERT 3 FORMAT CSV");
            assertThat(prepared).isNotNull();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });

    assertThat(texts)
        .containsExactly("INSERT 2 FORMAT CSV", "INSERT 1 FORMAT CSV", "INSERT 3 FORMAT CSV");
    spans.take(2);
  }

  /** A connection of a driver that does nothing. */
  private Connection unknown() {
    InvocationHandler[] handler = new InvocationHandler[1];
    handler[0] =
        (proxy, method, arguments) -> {
          remember(arguments);
          Class<?> returned = method.getReturnType();
          if (Statement.class.isAssignableFrom(returned)) {
            return Proxy.newProxyInstance(
                JdbcWrappersTest.class.getClassLoader(), new Class<?>[] {returned}, handler[0]);
          }
          return returned == boolean.class ? (Object) false : returned == int.class ? 0 : null;
        };
    return (Connection)
        Proxy.newProxyInstance(
            JdbcWrappersTest.class.getClassLoader(), new Class<?>[] {Connection.class}, handler[0]);
  }

  private void remember(Object[] arguments) {
    if (arguments != null && arguments[0] instanceof String) {
      texts.add((String) arguments[0]);
    }
  }

  @Test
  void literalsInPreparedTextAreReplacedUnlessSwitchedOff() throws SQLException {
    String sql = "SELECT 'secret', ?";
    try (PreparedStatement statement = driver.prepareStatement(sql)) {
      statement.setInt(1, 1);
      statement.executeQuery().close();
    }
    assertThat(spans.takeOne().attribute("db.query.text")).isEqualTo("SELECT ?, ?");

    SemconvSettings.install(
        new SemconvSettings(
            SemconvSettings.DEFAULT_KNOWN_METHODS,
            SemconvSettings.DEFAULT_SIGNATURE_KEYS,
            SemconvSettings.DEFAULT_SECRET_KEYS,
            true,
            false));
    try (PreparedStatement statement = driver.prepareStatement(sql);
        PreparedStatement literal = driver.prepareStatement("SELECT 'secret'")) {
      statement.setInt(1, 1);
      statement.executeQuery().close();
      literal.executeQuery().close();
    }

    assertThat(spans.take(2))
        .extracting(span -> span.attribute("db.query.text"))
        .containsExactly(sql, "SELECT ?");
  }

  private static Connection wrap(Connection connection) {
    try {
      return (Connection)
          LIBRARY.load(WRAPPER).getConstructor(Connection.class).newInstance(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection recording(Connection connection) {
    return recording(Connection.class, connection);
  }

  private <T> T recording(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcWrappersTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              calls.add(method.getName());
              remember(arguments);
              try {
                Object result = method.invoke(target, arguments);
                Class<?> returned = method.getReturnType();
                boolean statement = Statement.class.isAssignableFrom(returned);
                return statement && result != null ? recording(returned, result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
