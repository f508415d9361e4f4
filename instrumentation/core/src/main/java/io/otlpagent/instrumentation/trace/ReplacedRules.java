package io.otlpagent.instrumentation.trace;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Tail rules that others have taken the place of, while traces that began under them may go on.
 * Used by the thread that reconfigures and sweeps.
 */
final class ReplacedRules {

  private static final class Entry {

    final TailRule rule;
    final long sinceNanos;
    boolean closed;

    Entry(TailRule rule, long sinceNanos) {
      this.rule = rule;
      this.sinceNanos = sinceNanos;
    }
  }

  private final List<Entry> entries = new ArrayList<>(2);

  void add(TailRule rule, long nowNanos) {
    entries.add(new Entry(rule, nowNanos));
  }

  /** Decides traces whose root does not end, and forgets rules that nothing can be left of. */
  void sweep(Tracer tracer, long nowNanos) {
    Iterator<Entry> all = entries.iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      boolean left = entry.rule.sweep(tracer, nowNanos);
      if (entry.closed && !left) {
        all.remove();
      } else if (nowNanos - entry.sinceNanos > entry.rule.maxAgeNanos()) {
        // Looked at again the next time: a trace may be coming in right now.
        entry.rule.close();
        entry.closed = true;
      }
    }
  }
}
