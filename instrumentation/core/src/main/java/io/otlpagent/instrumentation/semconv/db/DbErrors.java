package io.otlpagent.instrumentation.semconv.db;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a database numbers its errors.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/">The page of each database
 *     under {@code db.response.status_code}</a>
 */
public enum DbErrors {
  /** By the SQLSTATE alone. */
  SQLSTATE,
  /** By the number that the vendor gives. */
  VENDOR,
  /** As ORA-01017. */
  ORACLE,
  /** Not known: both if there are both. */
  BOTH;

  /**
   * The value of {@code db.response.status_code}; null if there is none.
   *
   * @param vendorCode 0 if there is none
   */
  public @Nullable String code(@Nullable String sqlState, int vendorCode) {
    String state = sqlState == null || sqlState.isEmpty() ? null : sqlState;
    String vendor = vendorCode == 0 ? null : Integer.toString(vendorCode);
    switch (this) {
      case SQLSTATE:
        return state == null ? vendor : state;
      case VENDOR:
        return vendor == null ? state : vendor;
      case ORACLE:
        return vendor == null ? state : String.format(Locale.ROOT, "ORA-%05d", vendorCode);
      default:
        return state == null ? vendor : vendor == null ? state : state + "/" + vendor;
    }
  }
}
