package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbNamespace;
import io.otlpagent.instrumentation.util.WeakMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the connections and statements of all drivers and pools of this process, by
 * these objects themselves. Any thread. Types of {@code java.sql} are not named here: an
 * application may run without them.
 */
public final class DbConnections {

  /** For what nobody closes, or where nobody sees it, as with the proxies of some pools. */
  private static final int BUCKETS = 4096;

  private static final WeakMap<Object, DbConnection> CONNECTIONS = new WeakMap<>(BUCKETS);

  private DbConnections() {}

  /** Remembers where a connection leads, unless that is known already. */
  static void opened(Object connection, DbInfo info) {
    DbConnection known = CONNECTIONS.get(connection);
    if (known == null) {
      CONNECTIONS.put(connection, new DbConnection(info));
    } else {
      known.locate(info);
    }
  }

  /** Where a connection leads; null if it was not seen before. */
  static @Nullable DbInfo info(Object connection) {
    DbConnection known = CONNECTIONS.get(connection);
    return known == null ? null : known.info();
  }

  /** A connection was moved to another database or schema of its server. */
  public static void moved(Object connection, DbNamespace to) {
    connection(connection).move(to);
  }

  /** A connection made a statement; tells its text if it is prepared. */
  static void created(Object connection, @Nullable Object statement, @Nullable String sql) {
    if (statement == null) {
      return;
    }
    DbStatements.put(statement, new DbStatement(connection(connection), sql));
  }

  /** What is known of a connection; at the least what its class says. */
  static DbConnection connection(Object connection) {
    DbConnection known = CONNECTIONS.get(connection);
    if (known == null) {
      known = new DbConnection(DbInfo.ofClass(connection.getClass()));
      CONNECTIONS.put(connection, known);
    }
    return known;
  }

  /** What is known of a statement; null if it was not seen before. */
  static @Nullable DbStatement statementIfKnown(Object statement) {
    return DbStatements.get(statement);
  }

  /** What is known of a statement; at the least what its class says. */
  static DbStatement statement(Object statement) {
    DbStatement known = DbStatements.get(statement);
    if (known == null) {
      known = new DbStatement(new DbConnection(DbInfo.ofClass(statement.getClass())), null);
      DbStatements.put(statement, known);
    }
    return known;
  }

  /**
   * An element is about to be added to the batch of a statement.
   *
   * @param sql null for another set of parameters
   * @return what {@link #added} takes; null if a method that calls this one has begun it already,
   *     or nobody saw who prepared the statement
   */
  public static @Nullable DbStatement adding(Object statement, @Nullable String sql) {
    DbStatement known = sql == null ? DbStatements.get(statement) : statement(statement);
    return known != null && known.beginAdding(sql) ? known : null;
  }

  /** The element was added, or was not. */
  public static void added(@Nullable DbStatement statement, @Nullable Throwable thrown) {
    if (statement != null) {
      statement.endAdding(thrown == null);
    }
  }

  /**
   * A connection is closed. Forgetting it at once keeps the tables small: the garbage collector
   * would clear it much later than the next thousand connections of a pool are lent.
   */
  public static void connectionClosed(Object connection) {
    CONNECTIONS.remove(connection);
  }

  /** A statement is closed. */
  public static void statementClosed(Object statement) {
    DbStatements.remove(statement);
  }

  /** Lets go of statements that stay open; called by the agent's own thread every few seconds. */
  public static void letGo() {
    DbStatements.letGo();
  }

  /** The batch of a statement was emptied. */
  public static void cleared(Object statement) {
    DbStatement known = DbStatements.get(statement);
    if (known != null) {
      known.takeBatch();
    }
  }
}
