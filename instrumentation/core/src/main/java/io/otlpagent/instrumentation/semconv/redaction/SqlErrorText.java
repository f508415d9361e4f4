package io.otlpagent.instrumentation.semconv.redaction;

import io.otlpagent.instrumentation.semconv.sql.SqlChars;
import java.util.List;

/**
 * What a database says of an error, without values: what is in quotes, in the parentheses of a key
 * or a row, and numbers become question marks. Used by the exporter thread.
 */
final class SqlErrorText {

  private static final String QUOTES = "'\"`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d";

  /** What stands before the parenthesis that holds values. */
  private static final String[] BEFORE_VALUES = {
    "=", "contains ", "value is ", "values ", "VALUES ", "VALUES",
  };

  /** What stands before a code that is to be kept. */
  private static final String[] BEFORE_CODE = {
    "ORA-",
    "SQLSTATE=",
    "SQLSTATE: ",
    "SQLState: ",
    "SQLSTATE[",
    "SQL state [",
    "error code [",
    "SQLCODE=",
    "SQLCODE=-",
    "SQLCODE: ",
    "Error Code: ",
    "ERROR ",
    "Code: ",
    "line ",
    ", column ",
  };

  /** What stands before a name that may be a value, and has no quotes. */
  private static final String[] BEFORE_WORD = {
    "no such column: ", "object not found: ", "unexpected token: ",
  };

  /** What stands before the values of a message of DB2. */
  private static final String[] BEFORE_TOKENS = {"SQLERRMC="};

  private final String text;
  private final List<String> codes;
  private final String known;
  private final StringBuilder out;

  // Whether a parenthesis of values is open, or has been.
  private boolean inValues;

  private SqlErrorText(String text, List<String> codes, String known) {
    this.text = text;
    this.known = known;
    this.codes = codes;
    this.out = new StringBuilder(text.length());
  }

  /**
   * Masks a text.
   *
   * @param codes states and numbers of errors, which stay
   * @param known the statement without literals; empty if it is not known
   */
  static String mask(String text, List<String> codes, String known) {
    SqlErrorText masked = new SqlErrorText(text, codes, known);
    masked.write();
    return masked.out.toString();
  }

  private void write() {
    int from = nextDelimiter(0);
    if (from == text.length()) {
      plain(0, from);
      return;
    }
    plain(0, from);
    int quotes = 0;
    int last = from;
    int open = from;
    boolean masking = true;
    while (last < text.length()) {
      quotes += isQuote(text.charAt(last)) ? 1 : 0;
      int next = nextDelimiter(last + 1);
      if (next < text.length() && SqlErrorPhrases.isBetween(text, last + 1, next)) {
        if (masking) {
          masked(open, last);
        }
        masking = false;
        plain(last + 1, next);
        open = next;
      } else if (next < text.length()) {
        masking = true;
      } else {
        end(masking, open, last, text.charAt(last) == ')' || quotes % 2 == 0);
        return;
      }
      last = next;
    }
  }

  /** Writes what follows the last delimiter, unless that may still be a value. */
  private void end(boolean masking, int open, int last, boolean paired) {
    boolean alone = open == last;
    if (masking || alone) {
      masked(open, last);
    }
    if (paired && !alone) {
      plain(last + 1, text.length());
    }
  }

  private void masked(int open, int last) {
    boolean values = text.charAt(open) == '(';
    out.append(values ? "(?" : "?");
    if (values && text.charAt(last) == ')') {
      out.append(')');
    }
  }

  /** Where the next quote or parenthesis of values is; the end if there is none. */
  private int nextDelimiter(int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuote(c) ? !isApostrophe(i) : c == '(' ? opensValues(i) : c == ')' && inValues) {
        return i;
      }
    }
    return text.length();
  }

  private boolean opensValues(int i) {
    for (String before : BEFORE_VALUES) {
      if (text.startsWith(before, i - before.length())) {
        inValues = true;
        return true;
      }
    }
    return false;
  }

  private static boolean isQuote(char c) {
    return QUOTES.indexOf(c) >= 0;
  }

  /** That of {@code doesn't} and {@code driver's}. */
  private boolean isApostrophe(int i) {
    char after = at(i + 1);
    return (text.charAt(i) == '\'' || text.charAt(i) == '\u2019')
        && (after == 't' ? at(i - 1) == 'n' : after == 's' && isWord(at(i - 1)))
        && !isWord(at(i + 2))
        && !isQuote(at(i + 2));
  }

  /** Copies what has no quotes. */
  private void plain(int from, int to) {
    int i = from;
    while (i < to) {
      char c = text.charAt(i);
      int end = i + 1;
      if (isWord(c)) {
        end = word(i, to);
      } else if (text.startsWith("://", i)) {
        end = authority(i + 3, to);
      } else {
        out.append(c);
      }
      i = end;
    }
  }

  /** Copies a word, or masks it: a number, what is assigned, an address, a URL. */
  private int word(int start, int to) {
    int end = start;
    while (end < to && isWord(text.charAt(end))) {
      end++;
    }
    if (text.startsWith("jdbc:", start)) {
      int system = text.indexOf(':', start + 5);
      int url = endOfUrl(start, to);
      out.append(text, start, system < 0 || system > url ? url : system + 1).append('?');
      return url;
    }
    if (SqlChars.isDigit(text.charAt(start)) && !isBefore(BEFORE_TOKENS, start)) {
      end = number(end, to);
      if (isCode(start, end)) {
        out.append(text, start, end);
      } else {
        out.append('?');
      }
      return end;
    }
    if (isBefore(BEFORE_TOKENS, start)) {
      int driver = text.indexOf(", DRIVER=", start);
      out.append('?');
      return driver < 0 || driver > to ? to : driver;
    }
    boolean address = at(end) == '@' && end + 1 < to && isWord(at(end + 1));
    if (address || isAssigned(start) || isUnknownName(start, end)) {
      end = address ? endOfUrl(end, to) : end;
      out.append('?');
    } else {
      out.append(text, start, end);
    }
    return end;
  }

  /** A number, a date, an address: whatever is joined to a digit. */
  private int number(int digits, int to) {
    int end = digits;
    while (end + 1 < to && "-.:/+,@".indexOf(text.charAt(end)) >= 0 && isWord(at(end + 1))) {
      end++;
      while (end < to && isWord(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private boolean isCode(int start, int end) {
    if (end - start > 16) {
      return false;
    }
    for (String code : codes) {
      int after = start + code.length();
      if (text.startsWith(code, start) && (after == end || at(after) == '-')) {
        return true;
      }
    }
    return isBefore(BEFORE_CODE, start);
  }

  private boolean isAssigned(int start) {
    return at(start - 1) == '=' && start > 1 && !isBefore(BEFORE_CODE, start);
  }

  /** Whether it may be a value that stands for a name; one that the statement has is none. */
  private boolean isUnknownName(int start, int end) {
    return isBefore(BEFORE_WORD, start)
        && FailedQuery.indexOfWord(known, text.substring(start, end), 0) < 0;
  }

  private boolean isBefore(String[] phrases, int start) {
    for (String phrase : phrases) {
      if (text.startsWith(phrase, start - phrase.length())) {
        return true;
      }
    }
    return false;
  }

  /** Copies a host, but not the user and the password before it. */
  private int authority(int start, int to) {
    int end = endOfUrl(start, to);
    int at = text.lastIndexOf('@', end - 1);
    out.append("://");
    if (at < start) {
      return start;
    }
    out.append('?');
    return end;
  }

  private int endOfUrl(int start, int to) {
    int end = start;
    while (end < to && text.charAt(end) > ' ') {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return SqlChars.isLetterOrDigit(c) || c == '$';
  }

  private char at(int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
  }
}
