package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.sql.SqlChars;

/**
 * What databases write between two quoted words. In a message whose quotes cannot be paired, since
 * a value can hold quotes too, only these are known not to be part of a value. Stateless.
 */
final class SqlErrorPhrases {

  /** One star at most, which stands for names. */
  private static final String[] BETWEEN = {
    " ",
    ".",
    "@",
    ": ",
    ", ",
    "; ",
    // MySQL, MariaDB
    " for key ",
    " for column ",
    " in ",
    " to database ",
    " for function ",
    " failed for ",
    ", CONSTRAINT ",
    " FOREIGN KEY (",
    ") REFERENCES ",
    " (",
    // PostgreSQL
    " of ",
    " of relation ",
    " for relation ",
    " from relation ",
    " on table ",
    " for type ",
    " to type ",
    " violates not-null constraint\n  Detail: Failing row contains ",
    " violates check constraint ",
    " violates foreign key constraint ",
    " conflicts with existing key (*)=",
    " is not present in table ",
    " is still referenced from table ",
    " is out of range for type ",
    " does not exist\n  Hint: Perhaps you meant to reference the column ",
    "\n  Detail: Key (*)=",
    "\n  Detail: Failing row contains ",
    "; SQL statement:\n",
    "; expected ",
    // Derby, HSQLDB, SQLite
    " cannot hold values of type ",
    " was violated while performing an INSERT or UPDATE on table ",
    " defined on ",
    " to length ",
    " table: ",
    // SQL Server
    ". Cannot insert duplicate key in object ",
    ". The duplicate key value is ",
    " to data type ",
    ", table ",
    ", column ",
    ". Truncated value: ",
  };

  private SqlErrorPhrases() {}

  /** Whether that part of a text is such a phrase. */
  static boolean isBetween(String text, int start, int end) {
    for (String phrase : BETWEEN) {
      int star = phrase.indexOf('*');
      int before = star < 0 ? phrase.length() : star;
      int after = star < 0 ? 0 : phrase.length() - star - 1;
      int length = end - start;
      if ((star < 0 ? length == before : length > before + after)
          && text.startsWith(phrase.substring(0, before), start)
          && text.startsWith(phrase.substring(phrase.length() - after), end - after)
          && areNames(text, start + before, end - after)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areNames(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (!SqlChars.isLetterOrDigit(c) && c != ',' && c != ' ') {
        return false;
      }
    }
    return true;
  }
}
