package io.otlpagent.instrumentation.semconv.db;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What few calls of a database have: those that fail, that move their connection, or that calls
 * inside them execute. Belongs to whom the span belongs to.
 */
final class DbExtras {

  /** Says that several databases execute parts of the call. */
  private static final DbInfo SEVERAL = DbInfo.UNKNOWN;

  /** Whether it is left to the calls inside this one where it is executed. */
  final boolean open;

  @Nullable String statusCode;

  /** The innermost statement that executes a text which moves its connection. */
  @Nullable Object innermost;

  // Where the calls inside this one are executed, as far as they have reported: written by their
  // threads, which may be others that run at once.
  private final AtomicReference<@Nullable DbInfo> executing = new AtomicReference<>();

  DbExtras(boolean open) {
    this.open = open;
  }

  /** Where the call is executed, now that a call inside it has reported it. */
  DbInfo executing(DbInfo info) {
    while (true) {
      DbInfo before = executing.get();
      DbInfo after = before == null || before.equals(info) ? info : SEVERAL;
      if (after.equals(before) || executing.compareAndSet(before, after)) {
        return after.equals(info) ? info : info.systemOnly();
      }
    }
  }

  /** Whether there are several databases of which none can be named. */
  boolean several() {
    return SEVERAL.equals(executing.get());
  }

  /** Lets go of what only the call needs. */
  void release() {
    innermost = null;
    executing.set(null);
  }
}
