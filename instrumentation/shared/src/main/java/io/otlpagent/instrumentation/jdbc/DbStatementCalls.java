package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbSpan;
import org.jspecify.annotations.Nullable;

/**
 * The calls by which a thread is making and closing statements. They nest: an overload calls
 * another, a pool's connection calls the driver's. If the outermost knows its database, only its
 * statement is remembered, because the driver's is executed inside the other and never asked for.
 * Each that is not remembered saves the first identity hash code of an object: 0.4 µs, the larger
 * part of what a statement costs here.
 */
public final class DbStatementCalls {

  private static final ThreadLocal<@Nullable DbStatementCalls> CURRENT = new ThreadLocal<>();

  private int depth;
  private boolean outermostKnows;
  private int closing;
  // The outermost call that executes, and how many there were inside it.
  private @Nullable DbSpan executing;
  private int nested;

  // The statement whose parameter is being set.
  private @Nullable DbStatement setting;

  private DbStatementCalls() {}

  /** A connection is about to make a statement. */
  public static void begin(Object connection) {
    DbStatementCalls current = current();
    if (current.depth++ == 0) {
      DbInfo info = DbConnections.info(connection);
      current.outermostKnows = info != null && info.located() && !DbConnection.anyMoved();
    }
  }

  /**
   * The thread begins to execute something. So it is in no call of these, unless a pool tests its
   * connection in one; but a stack that overflowed may have kept the end of one from being seen.
   */
  static void executing() {
    DbStatementCalls current = CURRENT.get();
    if (current != null) {
      current.depth = 0;
      current.closing = 0;
      current.nested = 0;
    }
  }

  /** The outermost call of this thread that executes has begun, or is over: then null. */
  static void executing(@Nullable DbSpan span) {
    current().executing = span;
  }

  /**
   * The thread begins to execute something inside a call that executes, as it seems.
   *
   * @param outer that call, of this thread or of the one that has handed a task over
   * @return whether that is so; false if the end of that call went unseen
   */
  static boolean isPartOf(DbSpan outer) {
    DbStatementCalls current = current();
    int nested = ++current.nested;
    return current.executing != outer
        || !DbCallStack.isTimeToLook(nested)
        || DbCallStack.holdsAnother(nested);
  }

  /** Whether the call that began last on this thread is no part of another one. */
  public static boolean outermost() {
    DbStatementCalls current = CURRENT.get();
    return current != null && current.depth == 1;
  }

  /**
   * The connection has made a statement, or has not.
   *
   * @param statement null if it has not
   * @param sql null if the statement is not prepared
   */
  public static void end(Object connection, @Nullable Object statement, @Nullable String sql) {
    DbStatementCalls current = CURRENT.get();
    boolean inner = false;
    if (current != null && current.depth > 0) {
      current.depth--;
      inner = current.depth > 0 && current.outermostKnows;
    }
    if (!inner) {
      DbConnections.created(connection, statement, sql);
    }
  }

  /**
   * A statement is about to be closed; only the outermost is forgotten. Before it is closed,
   * because a pool may lend it to another thread, which makes it known anew, while this call still
   * returns.
   */
  public static void beginClose(Object statement) {
    DbStatementCalls current = current();
    if (current.closing++ == 0) {
      if (current.setting != null) {
        endSetting(DbConnections.statementIfKnown(statement));
      }
      DbConnections.statementClosed(statement);
    }
  }

  /** The statement is closed, or could not be. */
  public static void endClose() {
    DbStatementCalls current = current();
    if (current.closing > 0) {
      current.closing--;
    }
  }

  /**
   * A parameter of a statement is about to be set.
   *
   * @return null if nobody saw who prepared the statement, or this is a part of another such call
   */
  static @Nullable DbStatement beginSetting(Object statement) {
    DbStatementCalls current = current();
    if (current.setting != null) {
      return null;
    }
    DbStatement known = DbConnections.statementIfKnown(statement);
    current.setting = known;
    return known;
  }

  /**
   * A parameter of a statement was set, or the statement is used otherwise, which nobody does while
   * one is being set: a stack that overflowed may have kept the end from being seen.
   */
  static void endSetting(@Nullable DbStatement statement) {
    DbStatementCalls current = current();
    if (current.setting == statement) {
      current.setting = null;
    }
  }

  private static DbStatementCalls current() {
    DbStatementCalls current = CURRENT.get();
    if (current == null) {
      current = new DbStatementCalls();
      CURRENT.set(current);
    }
    return current;
  }
}
