package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exceptions that throw, or do not end, as they are asked: the thread has left its span by then.
 */
final class HostileExceptionsTest {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("dbcp-2.13", "h2-2.4");
  private static final String WRAPPER = "org.apache.commons.dbcp2.DelegatingConnection";
  private static final int SMALL_STACK = 512 * 1024;

  /** One is enough where no statement was ever seen inside another one. */
  private static final int STATEMENTS = 64;

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private Connection driver;

  private enum Hostile {
    STATE,
    CODE,
    MESSAGE,
    CAUSE,
    CIRCLE,
    OVERFLOW
  }

  @BeforeEach
  void connect() throws SQLException {
    driver = LIBRARY.connect("org.h2.Driver", "jdbc:h2:mem:hostile");
  }

  @AfterEach
  void close() throws SQLException {
    driver.close();
  }

  @ParameterizedTest
  @EnumSource(Hostile.class)
  void nextStatementBelongsToTheRequest(Hostile hostile) throws SQLException {
    SQLException thrown = new HostileException(hostile);

    try (Statement failing = throwing(thrown).createStatement();
        Statement next = driver.createStatement()) {
      Span request =
          spans.inSpan(
              "request",
              () -> {
                assertThatThrownBy(() -> failing.execute("DELETE FROM t")).isSameAs(thrown);
                execute(next, "SELECT 1");
              });

      List<RecordedSpan> all = spans.take(3);
      assertThat(all)
          .extracting(RecordedSpan::name)
          .containsExactly("DELETE t", "SELECT", "request");
      assertThat(all.get(0).span().failed()).isTrue();
      assertThat(all.get(1).parentSpanId()).isEqualTo(request.spanId());
    }
  }

  @Test
  void stackThatOverflowsLeavesNoSpanBehind() throws Exception {
    try (Statement statement = driver.createStatement()) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> recurse(statement))
                        .isInstanceOf(StackOverflowError.class);
                    for (int j = 0; j < STATEMENTS; j++) {
                      statement.execute("SELECT 1");
                    }
                    assertThat(Context.current()).isNull();
                  }
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
              },
              "deep",
              SMALL_STACK);
      thread.start();

      done.get();
    }
    // As many as there were: how deep a stack is, nobody knows.
    spans.takeAll();
  }

  private static void recurse(Statement statement) throws SQLException {
    statement.execute("SELECT 1");
    recurse(statement);
  }

  private static void execute(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pool's connection to a driver whose statements throw that. */
  private static Connection throwing(SQLException thrown) {
    Connection refusing = proxy(Connection.class, proxy(Statement.class, null, thrown), null);
    try {
      return (Connection)
          LIBRARY.load(WRAPPER).getConstructor(Connection.class).newInstance(refusing);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T proxy(Class<T> type, Object statement, SQLException thrown) {
    return type.cast(
        Proxy.newProxyInstance(
            HostileExceptionsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (thrown != null && method.getName().equals("execute")) {
                throw thrown;
              }
              Class<?> returned = method.getReturnType();
              return returned == boolean.class
                  ? (Object) false
                  : returned == int.class ? 0 : returned == Statement.class ? statement : null;
            }));
  }

  private static final class HostileException extends SQLException {

    private static final long serialVersionUID = 1;

    private final Hostile hostile;
    private final SQLException other = new SQLException("other");

    HostileException(Hostile hostile) {
      super("hostile", (String) null);
      this.hostile = hostile;
      other.initCause(this);
    }

    @Override
    public String getSQLState() {
      if (hostile == Hostile.STATE) {
        throw new AssertionError("no state");
      }
      if (hostile == Hostile.OVERFLOW) {
        return getSQLState() + getSQLState();
      }
      return null;
    }

    @Override
    public int getErrorCode() {
      if (hostile == Hostile.CODE) {
        throw new AssertionError("no code");
      }
      return 0;
    }

    @Override
    public String getMessage() {
      if (hostile == Hostile.MESSAGE) {
        throw new AssertionError("no message");
      }
      return "hostile";
    }

    @Override
    public synchronized Throwable getCause() {
      if (hostile == Hostile.CAUSE) {
        throw new AssertionError("no cause");
      }
      return hostile == Hostile.CIRCLE ? other : null;
    }
  }
}
