package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.semconv.sql.SqlQuery;
import io.otlpagent.instrumentation.semconv.sql.SqlText;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a batch, or how often one is executed. Used by one thread.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/#batch-operations">
 *     Semantic conventions for database calls: batch operations</a>
 */
public final class DbBatch {

  private @Nullable DbQuery first;
  private int size;
  private boolean sameSummary = true;

  /** The statements, if they are not all the same; not all of them if they are long. */
  private @Nullable Set<DbQuery> queries;

  private int textLength;

  public void add(DbQuery query) {
    size++;
    addQuery(query);
  }

  private void addQuery(DbQuery query) {
    DbQuery first = this.first;
    if (first == null) {
      this.first = query;
    } else if (query != first) {
      sameSummary &= query.query().summary().equals(first.query().summary());
      if (queries == null) {
        queries = new LinkedHashSet<>();
        addText(first);
      }
      addText(query);
    }
  }

  private void addText(DbQuery query) {
    String text = query.query().text();
    Set<DbQuery> queries = this.queries;
    if (queries != null && text != null && textLength < SqlText.MAX_LENGTH && queries.add(query)) {
      textLength += text.length() + 2;
    }
  }

  public int size() {
    return size;
  }

  /** What the batch does, in another dialect than the one in which it was read. */
  DbQuery query(SqlDialect dialect) {
    DbBatch read = new DbBatch();
    read.size = size;
    DbQuery only = first;
    Set<DbQuery> several = queries;
    if (several != null) {
      for (DbQuery query : several) {
        read.addQuery(DbQueries.of(query.query().sql(), dialect));
      }
    } else if (only != null) {
      read.addQuery(DbQueries.of(only.query().sql(), dialect));
    }
    read.sameSummary &= sameSummary;
    return read.query();
  }

  /** What the batch does. */
  public DbQuery query() {
    DbQuery only = first;
    if (only == null) {
      return DbQuery.EMPTY_BATCH;
    }
    Set<DbQuery> several = queries;
    if (size == 1) {
      return only;
    }
    Set<String> texts = new LinkedHashSet<>();
    if (several != null) {
      for (DbQuery query : several) {
        texts.add(String.valueOf(query.query().text()));
      }
    }
    if (texts.size() < 2 && sameSummary) {
      return only.batch();
    }
    StringBuilder text = new StringBuilder(String.join("; ", texts));
    SqlText.truncate(text);
    return DbQuery.batch(
        text.toString(), sameSummary ? only.batch().query().summary() : SqlQuery.BATCH);
  }
}
