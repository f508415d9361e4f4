package io.otlpagent.instrumentation.semconv;

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
final class DbBatch {

  private @Nullable SqlQuery first;
  private int size;
  private boolean sameSummary = true;

  /** The statements, if they are not all the same; not all of them if they are long. */
  private @Nullable Set<SqlQuery> queries;

  private int textLength;

  void add(SqlQuery query) {
    size++;
    addQuery(query);
  }

  private void addQuery(SqlQuery query) {
    SqlQuery first = this.first;
    if (first == null) {
      this.first = query;
    } else if (query != first) {
      sameSummary &= query.summary().equals(first.summary());
      if (queries == null) {
        queries = new LinkedHashSet<>();
        addText(first);
      }
      addText(query);
    }
  }

  private void addText(SqlQuery query) {
    String text = query.text();
    Set<SqlQuery> queries = this.queries;
    if (queries != null && text != null && textLength < SqlText.MAX_LENGTH && queries.add(query)) {
      textLength += text.length() + 2;
    }
  }

  int size() {
    return size;
  }

  /** What the batch does, in another dialect than the one in which it was read. */
  SqlQuery query(SqlDialect dialect) {
    DbBatch read = new DbBatch();
    read.size = size;
    SqlQuery only = first;
    Set<SqlQuery> several = queries;
    if (several != null) {
      for (SqlQuery query : several) {
        read.addQuery(SqlQueries.of(query.sql(), dialect));
      }
    } else if (only != null) {
      read.addQuery(SqlQueries.of(only.sql(), dialect));
    }
    read.sameSummary &= sameSummary;
    return read.query();
  }

  /** What the batch does. */
  SqlQuery query() {
    SqlQuery only = first;
    if (only == null) {
      return SqlQuery.EMPTY_BATCH;
    }
    Set<SqlQuery> several = queries;
    if (size == 1) {
      return only;
    }
    Set<String> texts = new LinkedHashSet<>();
    if (several != null) {
      for (SqlQuery query : several) {
        texts.add(String.valueOf(query.text()));
      }
    }
    if (texts.size() < 2 && sameSummary) {
      return only.batch();
    }
    StringBuilder text = new StringBuilder(String.join("; ", texts));
    SqlText.truncate(text);
    return SqlQuery.batch(text.toString(), sameSummary ? only.batch().summary() : SqlQuery.BATCH);
  }
}
