package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.ExceptionMessages;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.semconv.sql.SqlInText;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import io.otlpagent.instrumentation.trace.exception.ThrownLink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of the texts of an exception what must not leave: what a database says loses its
 * values, also where others quote it; secrets of the request are replaced. What the application
 * says otherwise stays. Used by the exporter thread, for one exception.
 */
public final class ExceptionRedaction {

  private static final int SHORTEST_LINE = 8;

  private final SpanException thrown;
  private final boolean databaseOnly;
  private final @Nullable HttpSecrets secrets;
  private final List<FailedQuery> queries = new ArrayList<>(1);
  private final List<String> literals = new ArrayList<>();
  private final List<String> codes = new ArrayList<>(2);

  // What databases said, and what of it may be shown: two elements each.
  private final List<String> said = new ArrayList<>();

  private ExceptionRedaction(
      SpanException thrown,
      boolean databaseOnly,
      @Nullable FailedQuery failed,
      @Nullable HttpSecrets secrets) {
    this.thrown = thrown;
    this.databaseOnly = databaseOnly;
    this.secrets = secrets;
    codes.addAll(thrown.codes());
    for (FailedQuery query = failed; query != null; query = query.previous()) {
      queries.add(query);
      literals.addAll(query.literals());
      codes.addAll(query.thrown().codes());
    }
    hear(thrown.links(), false);
    for (FailedQuery query : queries) {
      hear(query.thrown().links(), true);
    }
  }

  /** What may be shown of the exception of a call of a database. */
  public static SpanException ofDatabase(SpanException thrown, FailedQuery failed) {
    return redact(thrown, true, failed, null);
  }

  /**
   * What may be shown of the exception of a request.
   *
   * @param failed the query that failed last; null if none did
   */
  public static SpanException ofRequest(
      SpanException thrown, @Nullable FailedQuery failed, HttpSecrets secrets) {
    return redact(thrown, false, failed, secrets);
  }

  private static SpanException redact(
      SpanException thrown,
      boolean databaseOnly,
      @Nullable FailedQuery failed,
      @Nullable HttpSecrets secrets) {
    ExceptionMessages wanted = SemconvSettings.installed().exceptionMessages();
    if (wanted == ExceptionMessages.FULL) {
      return thrown;
    }
    if (wanted == ExceptionMessages.REDACTED) {
      try {
        return new ExceptionRedaction(thrown, databaseOnly, failed, secrets).redacted();
      } catch (RuntimeException | StackOverflowError e) {
        // A text that nobody has thought of: then nothing of it is shown.
        return withoutTexts(thrown);
      }
    }
    return withoutTexts(thrown);
  }

  private static SpanException withoutTexts(SpanException thrown) {
    List<ThrownLink> links = new ArrayList<>(thrown.links().size());
    for (ThrownLink link : thrown.links()) {
      links.add(link.withText(""));
    }
    return thrown.with(null, links);
  }

  private SpanException redacted() {
    List<ThrownLink> links = new ArrayList<>(thrown.links().size());
    for (ThrownLink link : thrown.links()) {
      links.add(link.withText(redacted(link.text(), link.ofDatabase())));
    }
    String message = thrown.message();
    boolean ofDatabase = !thrown.links().isEmpty() && thrown.links().get(0).ofDatabase();
    return thrown.with(message == null ? null : redacted(message, ofDatabase), links);
  }

  private String redacted(String text, boolean ofDatabase) {
    String shown = ofDatabase || databaseOnly ? withoutValues(text) : quoting(text);
    return secrets == null ? shown : secrets.redact(shown);
  }

  /**
   * Listens to what databases say, to recognize it where others quote it.
   *
   * @param ofCall whether a driver said all of it, whatever it threw
   */
  private void hear(List<ThrownLink> links, boolean ofCall) {
    for (ThrownLink link : links) {
      String text = link.text();
      if ((ofCall || link.ofDatabase()) && !text.isEmpty()) {
        add(text, withoutValues(text));
      }
    }
  }

  private void add(String text, String shown) {
    if (!said.contains(text)) {
      said.add(text);
      said.add(shown);
    }
  }

  /** What a database says, without values. */
  private String withoutValues(String text) {
    MaskedText masked = new MaskedText(text);
    SqlDialect dialect = queries.isEmpty() ? SqlDialect.UNKNOWN : queries.get(0).dialect();
    StringBuilder statements = new StringBuilder();
    for (FailedQuery query : queries) {
      String shown = query.text();
      // H2 marks where it fails to parse.
      masked.replace('"' + query.sql() + "[*]\"", shown);
      masked.replace('"' + query.sql() + '"', shown);
      masked.replace(query.sql(), shown);
      statements.append(shown).append(' ');
    }
    String known = statements.toString();
    return masked.finish(
        part ->
            withoutLiterals(
                SqlInText.sanitize(
                    part, dialect, outside -> SqlErrorText.mask(outside, codes, known))));
  }

  private String withoutLiterals(String text) {
    String shown = text;
    for (String literal : literals) {
      int found = FailedQuery.indexOfWord(shown, literal, 0);
      while (found >= 0) {
        shown = shown.substring(0, found) + '?' + shown.substring(found + literal.length());
        found = FailedQuery.indexOfWord(shown, literal, found + 1);
      }
    }
    return shown;
  }

  /** What an application or a framework says, which may quote a database. */
  private String quoting(String text) {
    if (said.isEmpty() && queries.isEmpty()) {
      return text;
    }
    MaskedText masked = new MaskedText(text);
    for (int i = 0; i < said.size(); i += 2) {
      masked.replace(said.get(i), said.get(i + 1));
    }
    for (int i = 0; i < said.size(); i += 2) {
      replaceLines(masked, said.get(i));
    }
    for (FailedQuery query : queries) {
      masked.replace(query.sql(), query.text());
    }
    return masked.finish(part -> SqlInText.sanitize(part, SqlDialect.UNKNOWN, outside -> outside));
  }

  /** Replaces the lines of a text that somebody has quoted in part. */
  private void replaceLines(MaskedText masked, String text) {
    int end;
    for (int start = 0; start < text.length(); start = end + 1) {
      int found = text.indexOf('\n', start);
      end = found < 0 ? text.length() : found;
      String line = text.substring(start, end).trim();
      if (line.length() >= SHORTEST_LINE && line.length() < text.length()) {
        masked.replace(line, withoutValues(line));
      }
    }
  }
}
