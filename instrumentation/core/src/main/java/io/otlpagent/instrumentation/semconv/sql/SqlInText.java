package io.otlpagent.instrumentation.semconv.sql;

/**
 * Finds statements that drivers and frameworks put into their messages, and takes their literals
 * out. Used by the exporter thread.
 */
public final class SqlInText {

  /** What stands before a statement, if it is not in brackets. */
  private static final String[] BEFORE = {
    "SQL statement:\n", "Batch entry ", "Query is: ", "### SQL: ", "Call: ",
  };

  /** What stands after one. */
  private static final String[] AFTER = {
    " was aborted: ", ", parameters [", "\n###", "\n\tbind", "\nQuery: ",
  };

  private final String text;
  private final SqlDialect dialect;
  private final int codeAtEnd;

  private SqlInText(String text, SqlDialect dialect) {
    this.text = text;
    this.dialect = dialect;
    // H2 puts the code there, after the statement.
    this.codeAtEnd = text.endsWith("]") ? text.lastIndexOf(" [") : -1;
  }

  /** What is done with the text around the statements. */
  public interface Outside {

    String apply(String text);
  }

  /** A text whose statements have no literals. */
  public static String sanitize(String text, SqlDialect dialect, Outside outside) {
    SqlInText reading = new SqlInText(text, dialect);
    StringBuilder out = null;
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      int start = reading.startOfStatement(i);
      if (start >= 0) {
        out = out == null ? new StringBuilder(text.length()) : out;
        out.append(outside.apply(text.substring(done, start)));
        done = reading.statement(start, text.charAt(i) == '[', out);
        i = Math.max(i, done - 1);
      }
    }
    if (out == null) {
      return outside.apply(text);
    }
    return out.append(outside.apply(text.substring(done))).toString();
  }

  /** Where the statement starts that is introduced there; negative if none is. */
  private int startOfStatement(int i) {
    if (text.charAt(i) == '[') {
      return startsWithVerb(i + 1) ? i + 1 : -1;
    }
    for (String before : BEFORE) {
      if (text.startsWith(before, i)) {
        int start = i + before.length();
        while (start < text.length() && SqlChars.isDigit(text.charAt(start))) {
          start++;
        }
        return start;
      }
    }
    return -1;
  }

  private boolean startsWithVerb(int start) {
    int from = start;
    while (from < text.length() && (SqlChars.isSpace(text.charAt(from)) || isOpening(from))) {
      from++;
    }
    int hash = 0;
    int end = from;
    while (end < text.length() && SqlChars.isLetter(text.charAt(end))) {
      hash = SqlKeyword.hash(hash, text.charAt(end));
      end++;
    }
    SqlKeyword verb = SqlKeyword.of(text, from, end, hash);
    return verb != null
        && verb.is(SqlKeyword.Role.STARTS)
        && end < text.length()
        && (SqlChars.isSpace(text.charAt(end)) || text.charAt(end) == '*');
  }

  private boolean isOpening(int i) {
    return "({/*?=".indexOf(text.charAt(i)) >= 0;
  }

  /** Writes the statement that starts there; returns where it ends. */
  private int statement(int start, boolean inBrackets, StringBuilder out) {
    SqlLexer lexer = new SqlLexer(text.substring(start), dialect);
    SqlText sanitized = new SqlText(text.length() - start);
    int depth = 0;
    SqlToken token = lexer.next();
    while (token != SqlToken.END) {
      depth += lexer.is('[') ? 1 : lexer.is(']') ? -1 : 0;
      int at = start + lexer.start();
      if (inBrackets ? depth < 0 : at == codeAtEnd || isAfter(at)) {
        break;
      }
      sanitized.accept(lexer, token);
      token = lexer.next();
    }
    out.append(sanitized.finish(""));
    return token == SqlToken.END ? text.length() : start + lexer.start();
  }

  private boolean isAfter(int i) {
    for (String after : AFTER) {
      if (text.startsWith(after, i)) {
        return true;
      }
    }
    return false;
  }
}
