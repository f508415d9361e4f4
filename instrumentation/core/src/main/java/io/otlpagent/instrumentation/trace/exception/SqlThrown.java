package io.otlpagent.instrumentation.trace.exception;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks exceptions of JDBC, whose methods are foreign code like those of {@link Thrown}. Recognizes
 * them by name, so that {@code java.sql} is loaded by nobody who does without. Stateless.
 */
final class SqlThrown {

  private static final String TYPE = "java.sql.SQLException";

  private SqlThrown() {}

  static boolean is(Throwable thrown) {
    Class<?> type = thrown.getClass();
    while (type != null && type != Throwable.class) {
      if (type.getName().equals(TYPE)) {
        return true;
      }
      type = type.getSuperclass();
    }
    return false;
  }

  /** The next exception of its chain; null if there is none. Chains can form a cycle. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  static @Nullable Throwable next(Throwable thrown) {
    try {
      return ((SQLException) thrown).getNextException();
    } catch (Throwable e) {
      return null;
    }
  }

  /** Adds the state and the vendor's number, as far as it has them. */
  @SuppressWarnings("CatchingUnchecked") // The border to foreign code, errors included.
  static void addCodes(Throwable thrown, List<String> codes) {
    try {
      SQLException error = (SQLException) thrown;
      String state = error.getSQLState();
      if (state != null && state.length() == 5) {
        codes.add(state);
      }
      int vendorCode = error.getErrorCode();
      if (vendorCode != 0) {
        codes.add(Integer.toString(Math.abs(vendorCode)));
      }
    } catch (Throwable e) {
      // Then its text loses them too, if it has them.
      return;
    }
  }
}
