package io.otlpagent.instrumentation.semconv;

/**
 * What is known of one connection. A wrapper's connection may learn from the one inside it which
 * system it leads to. Any thread: what is learned late is only told late.
 */
final class DbConnection {

  // Read by each statement; written again when the database becomes known or changes.
  private volatile DbInfo info;

  DbConnection(DbInfo info) {
    this.info = info;
  }

  DbInfo info() {
    return info;
  }

  /** Who opened the connection knows more. */
  void locate(DbInfo better) {
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

  /** The connection was moved; false if it is where it was. */
  boolean move(DbNamespace to) {
    DbInfo before = info;
    DbInfo after = to.after(before);
    info = after;
    return !after.equals(before);
  }
}
