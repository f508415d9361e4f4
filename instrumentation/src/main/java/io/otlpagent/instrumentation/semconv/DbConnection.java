package io.otlpagent.instrumentation.semconv;

/**
 * What is known of one connection. A wrapper's connection may learn from the one inside it which
 * database it leads to. Any thread: what is learned late is only told late.
 */
final class DbConnection {

  // Read by each statement; written again at most when the database becomes known.
  private volatile DbInfo info;

  DbConnection(DbInfo info) {
    this.info = info;
  }

  DbInfo info() {
    return info;
  }

  void learn(DbInfo better) {
    if (better.known() && !info.located()) {
      info = better;
    }
  }
}
