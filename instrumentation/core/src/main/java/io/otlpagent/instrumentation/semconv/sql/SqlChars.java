package io.otlpagent.instrumentation.semconv.sql;

/** What a character can be in SQL, and where comments end. */
public final class SqlChars {

  private SqlChars() {}

  public static boolean isLetterOrDigit(char c) {
    return isLetter(c) || isDigit(c);
  }

  /** Takes all that is not ASCII for letters, halves of surrogate pairs too. */
  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c > 127 && !isSpace(c));
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  static boolean isSpace(char c) {
    return c <= ' ' || c == '\u00a0' || c == '\u3000' || c == '\u2028';
  }

  /** The end of a comment that ends with its line. */
  static int endOfLine(String sql, int start) {
    int end = start;
    while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** The end of a comment between slashes and asterisks. */
  static int endOfComment(String sql, int start, boolean nested) {
    int depth = 1;
    int i = start + 2;
    while (i < sql.length() && depth > 0) {
      if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
      } else if (nested && sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else {
        i++;
      }
    }
    return Math.min(i, sql.length());
  }

  /** Whether there is nothing but words, of which each begins with a letter, up to an end. */
  static boolean areWords(String sql, int start, char end) {
    char before = ' ';
    for (int i = start; i < sql.length(); i++) {
      char letter = sql.charAt(i);
      if (letter == end) {
        return i > start && before != ' ';
      }
      boolean inWord = before != ' ' && (letter == '_' || Character.isDigit(letter));
      boolean space = letter == ' ' && before != ' ';
      if (!Character.isLetter(letter) && !inWord && !space) {
        return false;
      }
      before = letter;
    }
    return false;
  }
}
