package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbConnection;
import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the statements of all drivers and pools, by these objects themselves. Any
 * thread.
 *
 * <p>Most statements are executed and closed by the thread that made them before it makes the next.
 * So each thread keeps its last one apart; only when another follows, or when it stays open for
 * seconds, does it go into the weak table, where it costs an identity hash code and a weak
 * reference: 0.5 µs and 100 bytes, more than all else that a query costs here.
 */
final class DbStatements {

  private static final WeakMap<Object, DbStatement> TABLE = new WeakMap<>(4096);

  /** In the table for a statement that was searched for and not found. */
  private static final DbStatement NOBODYS =
      new DbStatement(new DbConnection(DbInfo.UNKNOWN), null);

  private static final ThreadLocal<@Nullable DbStatements> CURRENT = new ThreadLocal<>();

  // Of platform threads: there may be a million of the others.
  private static final ConcurrentLinkedQueue<WeakReference<DbStatements>> ALL =
      new ConcurrentLinkedQueue<>();

  private final boolean keepsLast;

  // Written by its thread. Others read it only for a statement that this thread has handed to them.
  private @Nullable DbStatement last;

  // Of the cleaning thread: what it found as the last one the time before.
  private @Nullable DbStatement seen;

  private DbStatements(boolean keepsLast) {
    this.keepsLast = keepsLast;
  }

  /** Remembers a statement anew. */
  static void put(Object statement, DbStatement known) {
    DbStatements mine = current();
    if (!mine.keepsLast) {
      TABLE.put(statement, known);
      return;
    }
    DbStatement previous = mine.last;
    if (previous != null && previous.owner() != statement) {
      spill(previous);
    }
    known.own(statement);
    mine.last = known;
  }

  /** Null if it was not seen before. */
  static @Nullable DbStatement get(Object statement) {
    DbStatements mine = CURRENT.get();
    DbStatement last = mine == null ? null : mine.last;
    if (last != null && last.owner() == statement) {
      return last;
    }
    DbStatement known = TABLE.get(statement);
    return known == null ? search(statement) : known == NOBODYS ? null : known;
  }

  /** Once for a statement: there may be thousands of threads, and it may have many parameters. */
  private static @Nullable DbStatement search(Object statement) {
    DbStatement known = lastOfAnother(statement);
    if (known == null) {
      // Its thread may have let go of it meanwhile.
      known = TABLE.get(statement);
      if (known == null) {
        TABLE.put(statement, NOBODYS);
      }
    }
    return known == NOBODYS ? null : known;
  }

  static void remove(Object statement) {
    DbStatements mine = CURRENT.get();
    DbStatement last = mine == null ? null : mine.last;
    if (mine != null && last != null && last.owner() == statement) {
      mine.last = null;
      last.own(null);
    } else {
      TABLE.remove(statement);
    }
  }

  /** Lets go of statements that stay open; called by the agent's own thread every few seconds. */
  static void letGo() {
    for (Iterator<WeakReference<DbStatements>> each = ALL.iterator(); each.hasNext(); ) {
      DbStatements thread = each.next().get();
      if (thread == null) {
        each.remove();
        continue;
      }
      DbStatement last = thread.last;
      if (last != null && last == thread.seen) {
        spill(last);
      }
      thread.seen = last;
    }
  }

  /** Into the table first, so that no look-up in between misses it. */
  private static void spill(DbStatement known) {
    Object statement = known.owner();
    if (statement != null) {
      TABLE.put(statement, known);
      known.own(null);
    }
  }

  private static @Nullable DbStatement lastOfAnother(Object statement) {
    for (WeakReference<DbStatements> each : ALL) {
      DbStatements thread = each.get();
      DbStatement last = thread == null ? null : thread.last;
      if (last != null && last.owner() == statement) {
        return last;
      }
    }
    return null;
  }

  private static DbStatements current() {
    DbStatements current = CURRENT.get();
    if (current == null) {
      // Virtual threads are of a class of their own in java.lang.
      Class<?> type = Thread.currentThread().getClass();
      boolean platform = type == Thread.class || !type.getName().startsWith("java.lang.");
      current = new DbStatements(platform);
      CURRENT.set(current);
      if (platform) {
        ALL.add(new WeakReference<>(current));
      }
    }
    return current;
  }
}
