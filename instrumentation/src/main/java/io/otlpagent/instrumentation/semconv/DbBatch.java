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

  /** The texts, if they are not all the same. */
  private @Nullable Set<String> texts;

  private int textLength;

  void add(SqlQuery query) {
    SqlQuery first = this.first;
    size++;
    if (first == null) {
      this.first = query;
    } else if (query != first) {
      sameSummary &= query.summary().equals(first.summary());
      if (texts == null) {
        texts = new LinkedHashSet<>();
        addText(first);
      }
      addText(query);
    }
  }

  private void addText(SqlQuery query) {
    String text = query.text();
    Set<String> texts = this.texts;
    if (texts != null && text != null && textLength < SqlText.MAX_LENGTH && texts.add(text)) {
      textLength += text.length() + 2;
    }
  }

  int size() {
    return size;
  }

  /** What the batch does. */
  SqlQuery query() {
    SqlQuery only = first;
    if (only == null) {
      return SqlQuery.EMPTY_BATCH;
    }
    Set<String> texts = this.texts;
    if (size == 1) {
      return only;
    }
    if (texts == null || (texts.size() == 1 && sameSummary)) {
      return only.batch();
    }
    StringBuilder text = new StringBuilder(String.join("; ", texts));
    SqlText.truncate(text);
    return SqlQuery.batch(text.toString(), sameSummary ? only.batch().summary() : SqlQuery.BATCH);
  }
}
