package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import org.jspecify.annotations.Nullable;

/**
 * A call that opens a connection, of a driver or of a pool. Such calls nest, and the outer one
 * takes from the inner one what it does not know itself. Belongs to the thread of the call.
 */
public final class DbConnectCall {

  private static final ThreadLocal<@Nullable DbConnectCall> CURRENT = new ThreadLocal<>();

  private static final long FAILURE_COUNTS_NANOS = 30_000_000_000L;

  // Written by threads that connect, read by the endpoint; the time before what it is of.
  private static volatile @Nullable Boolean lastSucceeded;
  private static volatile long lastFailureNanos;

  private final @Nullable DbConnectCall outer;
  private DbInfo info;

  private DbConnectCall(@Nullable DbConnectCall outer, DbInfo info) {
    this.outer = outer;
    this.info = info;
  }

  /**
   * A call begins.
   *
   * @param info what its arguments say
   */
  public static DbConnectCall start(DbInfo info) {
    DbConnectCall call = new DbConnectCall(CURRENT.get(), info);
    CURRENT.set(call);
    return call;
  }

  /**
   * Whether the application's last attempt to connect succeeded; null if there was none, and when
   * the last one failed half a minute ago: an application that gets no requests because of it would
   * never try again.
   */
  public static @Nullable Boolean lastSucceeded() {
    return lastSucceeded(System.nanoTime());
  }

  static @Nullable Boolean lastSucceeded(long nowNanos) {
    Boolean last = lastSucceeded;
    boolean expired = nowNanos - lastFailureNanos > FAILURE_COUNTS_NANOS;
    return (last != null && !last && expired) ? null : last;
  }

  /** Whether neither the call nor a call inside it nor the connection says where it leads. */
  public boolean lacks(Object connection) {
    DbInfo known = DbConnections.info(connection);
    return !info.located() && (known == null || !known.located());
  }

  /** What is known of an object that opens connections, such as a pooled one. */
  public static DbInfo told(Object opener) {
    DbInfo known = DbConnections.info(opener);
    return known == null ? DbInfo.UNKNOWN : known;
  }

  /** Adds what was found out otherwise. */
  public void complete(DbInfo better) {
    if (!info.located() && better.known()) {
      info = better;
    }
  }

  /**
   * The call ends.
   *
   * @param connection null if there is none: a driver answers so to a URL that is not its own
   * @param thrown null if nothing was thrown
   */
  public void end(@Nullable Object connection, @Nullable Throwable thrown) {
    CURRENT.set(outer);
    if (outer == null && (connection != null || thrown != null)) {
      Boolean succeeded = thrown == null;
      if (!succeeded) {
        lastFailureNanos = System.nanoTime();
      }
      if (!succeeded.equals(lastSucceeded)) {
        lastSucceeded = succeeded;
      }
    }
    if (connection == null) {
      return;
    }
    DbInfo told = info.known() ? info : DbInfo.ofClass(connection.getClass());
    DbConnections.opened(connection, told);
    DbInfo known = DbConnections.info(connection);
    if (outer != null && known != null) {
      outer.complete(known);
    }
  }
}
