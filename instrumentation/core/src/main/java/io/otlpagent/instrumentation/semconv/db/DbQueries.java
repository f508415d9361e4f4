package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.util.BoundedCache;
import java.util.EnumMap;
import java.util.Map;

/** The queries that were read lately, by their text and dialect. Any thread. */
public final class DbQueries {

  /** Longer texts are likely made for one execution. */
  static final int MAX_CACHED_LENGTH = 10 * 1024;

  /** In characters of SQL, for each of two generations; an entry counts for some more. */
  private static final int MAX_WEIGHT = 1024 * 1024;

  private static final int ENTRY_WEIGHT = 256;

  private static final Map<SqlDialect, DbQueries> BY_DIALECT = byDialect();

  private final SqlDialect dialect;
  private final BoundedCache<String, DbQuery> cache = new BoundedCache<>(MAX_WEIGHT);

  private DbQueries(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** The query of a text. */
  public static DbQuery of(String sql, SqlDialect dialect) {
    DbQueries queries = BY_DIALECT.get(dialect);
    return queries == null ? DbQuery.of(sql, dialect) : queries.find(sql);
  }

  private DbQuery find(String sql) {
    int length = sql.length();
    if (length > MAX_CACHED_LENGTH) {
      return DbQuery.of(sql, dialect);
    }
    DbQuery query = cache.get(sql, length + ENTRY_WEIGHT);
    if (query == null) {
      query = DbQuery.of(sql, dialect);
      cache.put(sql, query, length + ENTRY_WEIGHT);
    }
    return query;
  }

  private static Map<SqlDialect, DbQueries> byDialect() {
    Map<SqlDialect, DbQueries> all = new EnumMap<>(SqlDialect.class);
    for (SqlDialect dialect : SqlDialect.values()) {
      all.put(dialect, new DbQueries(dialect));
    }
    return all;
  }
}
