package io.otlpagent.instrumentation.semconv.db;

/**
 * What is known of one connection. A wrapper's connection may learn from the one inside it which
 * system it leads to. Any thread: what is learned late is only told late.
 */
public final class DbConnection {

  // Written by any thread that moves a connection, never back; read by each statement.
  private static volatile boolean anyMoved;

  // Read by each statement; written again when the database becomes known or changes.
  private volatile DbInfo info;

  public DbConnection(DbInfo info) {
    this.info = info;
  }

  public DbInfo info() {
    return info;
  }

  /** Who opened the connection knows more. */
  public void locate(DbInfo better) {
    if (better.known() && !info.located()) {
      info = better;
    }
  }

  /**
   * A connection inside this one executes. The next statement may be executed by another one, as
   * with sharding, so that only the system is remembered.
   */
  void learn(DbInfo inner) {
    if (!info.known()) {
      info = inner.systemOnly();
    }
  }

  /** Whether any connection of this process was ever moved. */
  public static boolean anyMoved() {
    return anyMoved;
  }

  /**
   * The connection was moved. A pool lends it again, by a connection that does not know: from then
   * on it is the innermost that tells.
   */
  public void move(DbNamespace to) {
    DbInfo before = info;
    DbInfo after = to.after(before);
    info = after;
    if (!anyMoved && !after.equals(before)) {
      anyMoved = true;
    }
  }
}
