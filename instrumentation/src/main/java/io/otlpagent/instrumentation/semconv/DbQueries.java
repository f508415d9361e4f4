package io.otlpagent.instrumentation.semconv;

import io.otlpagent.instrumentation.util.BoundedCache;
import java.util.EnumMap;
import java.util.Map;

/** The queries that were read lately, by their text and dialect. Any thread. */
final class SqlQueries {

  /** Longer texts are likely made for one execution. */
  static final int MAX_CACHED_LENGTH = 10 * 1024;

  /** In characters of SQL, for each of two generations; an entry counts for some more. */
  private static final int MAX_WEIGHT = 1024 * 1024;

  private static final int ENTRY_WEIGHT = 256;

  private static final Map<SqlDialect, SqlQueries> BY_DIALECT = byDialect();

  private final SqlDialect dialect;
  private final BoundedCache<String, SqlQuery> cache = new BoundedCache<>(MAX_WEIGHT);

  private SqlQueries(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /** The query of a text. */
  static SqlQuery of(String sql, SqlDialect dialect) {
    SqlQueries queries = BY_DIALECT.get(dialect);
    return queries == null ? SqlQuery.of(sql, dialect) : queries.find(sql);
  }

  private SqlQuery find(String sql) {
    int length = sql.length();
    if (length > MAX_CACHED_LENGTH) {
      return SqlQuery.of(sql, dialect);
    }
    SqlQuery query = cache.get(sql, length + ENTRY_WEIGHT);
    if (query == null) {
      query = SqlQuery.of(sql, dialect);
      cache.put(sql, query, length + ENTRY_WEIGHT);
    }
    return query;
  }

  private static Map<SqlDialect, SqlQueries> byDialect() {
    Map<SqlDialect, SqlQueries> all = new EnumMap<>(SqlDialect.class);
    for (SqlDialect dialect : SqlDialect.values()) {
      all.put(dialect, new SqlQueries(dialect));
    }
    return all;
  }
}
