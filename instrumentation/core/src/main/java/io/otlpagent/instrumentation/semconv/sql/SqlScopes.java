package io.otlpagent.instrumentation.semconv.sql;

import java.util.Arrays;

/** The modes of the parentheses that are open; forgets those that are nested too deep. */
final class SqlScopes {

  private static final int MAX_DEPTH = 256;

  private SqlMode[] modes = new SqlMode[8];
  private int depth;

  void push(SqlMode mode) {
    if (depth < MAX_DEPTH) {
      if (depth == modes.length) {
        modes = Arrays.copyOf(modes, 2 * depth);
      }
      modes[depth] = mode;
    }
    depth++;
  }

  SqlMode pop() {
    depth = Math.max(0, depth - 1);
    return peek(depth);
  }

  /** The mode outside the innermost parentheses. */
  SqlMode last() {
    return peek(depth - 1);
  }

  void clear() {
    depth = 0;
  }

  private SqlMode peek(int i) {
    SqlMode mode = i >= 0 && i < Math.min(modes.length, MAX_DEPTH) ? modes[i] : null;
    return mode == null ? SqlMode.OTHER : mode;
  }
}
