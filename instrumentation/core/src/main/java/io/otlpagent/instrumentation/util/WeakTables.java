package io.otlpagent.instrumentation.util;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Every table of weak keys in this JVM, so that the agent's own thread can empty what is dead in
 * them: no application thread has to, and no table needs a reference queue. The tables themselves
 * are held weakly, since plugins of an undeployed application have some.
 */
public final class WeakTables {

  /** A table of weak keys. */
  public interface Table {

    /** Forgets the values of dead keys. On the agent's thread, beside any use of the table. */
    void clean();
  }

  // Guarded by itself; only makers of tables and the cleaning thread take the lock.
  private static final List<WeakReference<Table>> ALL = new ArrayList<>();

  private WeakTables() {}

  public static void add(Table table) {
    synchronized (ALL) {
      ALL.add(new WeakReference<>(table));
    }
  }

  /** Cleans every table; called by the agent's own thread now and then. */
  public static void cleanAll() {
    List<Table> tables = new ArrayList<>();
    synchronized (ALL) {
      Iterator<WeakReference<Table>> each = ALL.iterator();
      while (each.hasNext()) {
        Table table = each.next().get();
        if (table == null) {
          each.remove();
        } else {
          tables.add(table);
        }
      }
    }
    for (Table table : tables) {
      table.clean();
    }
  }
}
