package io.otlpagent.instrumentation.semconv.sql;

import org.jspecify.annotations.Nullable;

/**
 * Splits the text of a statement into tokens, in one pass and for any input: what is not SQL gives
 * tokens too, and each character is looked at a bounded number of times. Used by one thread.
 */
public final class SqlLexer {

  private final String sql;
  private final SqlDialect dialect;
  private final int length;

  private int start;
  private int end;
  private SqlToken token = SqlToken.SPACE;
  private @Nullable SqlKeyword keyword;

  public SqlLexer(String sql, SqlDialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
    this.length = sql.length();
  }

  /** Moves to the next token. */
  public SqlToken next() {
    SqlToken previous = token;
    start = end;
    keyword = null;
    token = start >= length ? SqlToken.END : scan(sql.charAt(start), previous);
    return token;
  }

  String sql() {
    return sql;
  }

  /** Where the token begins. */
  public int start() {
    return start;
  }

  /** Where the token ends, exclusive. */
  public int end() {
    return end;
  }

  char first() {
    return sql.charAt(start);
  }

  public boolean is(char symbol) {
    return token == SqlToken.SYMBOL && first() == symbol;
  }

  /** The keyword that the token is; null if it is none. */
  @Nullable SqlKeyword keyword() {
    return keyword;
  }

  /** Extends the token up to what cannot be part of an unquoted password. */
  void extendToDelimiter() {
    while (end < length && " \t\r\n,;)".indexOf(sql.charAt(end)) < 0) {
      end++;
    }
  }

  private SqlToken scan(char c, SqlToken previous) {
    if (SqlChars.isSpace(c)) {
      return space();
    }
    if (SqlChars.isDigit(c)
        || (c == '.' && SqlChars.isDigit(at(start + 1)) && !endsOperand(previous))) {
      return number(start);
    }
    return isNameStart(c) ? word(c) : scanSymbol(c, previous);
  }

  private SqlToken scanSymbol(char c, SqlToken previous) {
    switch (c) {
      case '\'':
        return quoted(start, '\'', SqlToken.STRING, dialect.backslash());
      case '"':
        return doubleQuoted();
      case '`':
        return quoted(start, '`', SqlToken.QUOTED, SqlDialect.Backslash.PLAIN);
      case '[':
        return dialect.bracketedName(sql, start)
            ? quoted(start, ']', SqlToken.QUOTED, SqlDialect.Backslash.PLAIN)
            : symbol();
      case '$':
        return dollar();
      case '?':
        return placeholder();
      case ':':
        return colon(previous);
      case '#':
        return dialect.hashComments() ? comment(SqlChars.endOfLine(sql, start)) : symbol();
      case '/':
        return at(start + 1) == '*'
            ? comment(SqlChars.endOfComment(sql, start, dialect.nestedComments()))
            : symbol();
      case '-':
      case '+':
        return sign(c, previous);
      default:
        return symbol();
    }
  }

  private SqlToken doubleQuoted() {
    return dialect.quotedNames()
        ? quoted(start, '"', SqlToken.QUOTED, SqlDialect.Backslash.PLAIN)
        : quoted(start, '"', SqlToken.STRING, dialect.backslash());
  }

  private SqlToken space() {
    end = start + 1;
    while (end < length && SqlChars.isSpace(sql.charAt(end))) {
      end++;
    }
    return SqlToken.SPACE;
  }

  private SqlToken symbol() {
    end = start + 1;
    return SqlToken.SYMBOL;
  }

  private SqlToken sign(char c, SqlToken previous) {
    char next = at(start + 1);
    if (c == '-' && next == '-' && (!dialect.hashComments() || SqlChars.isSpace(at(start + 2)))) {
      return comment(SqlChars.endOfLine(sql, start));
    }
    boolean beforeNumber =
        SqlChars.isDigit(next) || (next == '.' && SqlChars.isDigit(at(start + 2)));
    return beforeNumber && !endsOperand(previous) ? number(start + 1) : symbol();
  }

  /** Whether the token right before this one can be the left side of an operator. */
  private boolean endsOperand(SqlToken previous) {
    return previous == SqlToken.WORD
        || previous == SqlToken.QUOTED
        || previous == SqlToken.PLACEHOLDER
        || charBefore() == ')'
        || charBefore() == ']';
  }

  private char charBefore() {
    return start == 0 ? ' ' : sql.charAt(start - 1);
  }

  private SqlToken number(int from) {
    boolean hex = at(from) == '0' && (at(from + 1) | 0x20) == 'x';
    int i = from + 1;
    while (i < length) {
      char c = sql.charAt(i);
      boolean exponent =
          !hex && (c | 0x20) == 'e' && SqlChars.isSign(at(i + 1)) && SqlChars.isDigit(at(i + 2));
      if (exponent) {
        i += 2;
      } else if (c != '.' && !SqlChars.isLetterOrDigit(c)) {
        break;
      }
      i++;
    }
    end = Math.min(i, length);
    return SqlToken.NUMBER;
  }

  private SqlToken word(char c) {
    SqlToken literal = prefixedString(c);
    if (literal != null) {
      return literal;
    }
    int hash = 0;
    int i = start;
    while (i < length && isNamePart(sql.charAt(i))) {
      hash = SqlKeyword.hash(hash, sql.charAt(i));
      i++;
    }
    end = i;
    keyword = SqlKeyword.of(sql, start, end, hash);
    return SqlToken.WORD;
  }

  /** A string with a letter in front that says what kind; null if it is none. */
  private @Nullable SqlToken prefixedString(char c) {
    int quote = start + 1;
    boolean alternative = (c | 0x20) == 'q';
    if ((c | 0x20) == 'n' && (at(quote) | 0x20) == 'q') {
      alternative = true;
      quote++;
    } else if ((c | 0x20) == 'u' && at(quote) == '&') {
      quote++;
    }
    if (at(quote) != '\'' || "nxbeurq".indexOf(c | 0x20) < 0) {
      return null;
    }
    if (alternative && dialect.alternativeQuotes()) {
      return alternativeString(quote);
    }
    boolean escapes = (c | 0x20) == 'e';
    return quoted(
        quote, '\'', SqlToken.STRING, escapes ? SqlDialect.Backslash.ESCAPES : dialect.backslash());
  }

  private SqlToken alternativeString(int quote) {
    char open = at(quote + 1);
    int pair = "[{(<".indexOf(open);
    String close = (pair < 0 ? open : "]})>".charAt(pair)) + "'";
    return upTo(sql.indexOf(close, quote + 2), close.length(), SqlToken.STRING);
  }

  private SqlToken quoted(int open, char close, SqlToken kind, SqlDialect.Backslash backslash) {
    int i = open + 1;
    while (i < length) {
      char c = sql.charAt(i);
      if (c == close) {
        if (at(i + 1) != close) {
          end = i + 1;
          return kind;
        }
        i += 2;
      } else if (c == '\\' && backslash != SqlDialect.Backslash.PLAIN) {
        if (backslash == SqlDialect.Backslash.AMBIGUOUS && at(i + 1) == close) {
          break;
        }
        i += 2;
      } else {
        i++;
      }
    }
    end = length;
    return SqlToken.BROKEN;
  }

  private SqlToken dollar() {
    int i = start + 1;
    if (SqlChars.isDigit(at(i))) {
      return placeholder();
    }
    while (i < length && SqlChars.isLetterOrDigit(sql.charAt(i))) {
      i++;
    }
    if (at(i) == '$') {
      String close = sql.substring(start, i + 1);
      return upTo(sql.indexOf(close, i + 1), close.length(), SqlToken.STRING);
    }
    end = i;
    return i == start + 1 ? SqlToken.SYMBOL : SqlToken.WORD;
  }

  /** A named placeholder, or what stands in casts, slices and paths. */
  private SqlToken colon(SqlToken previous) {
    boolean literalBefore = previous == SqlToken.NUMBER || previous == SqlToken.STRING;
    boolean cast = at(start + 1) == ':' || charBefore() == ':';
    return literalBefore || cast || endsOperand(previous) ? symbol() : placeholder();
  }

  private SqlToken placeholder() {
    end = start + 1;
    boolean named = first() == ':';
    while (end < length
        && (named ? isNamePart(sql.charAt(end)) : SqlChars.isDigit(sql.charAt(end)))) {
      end++;
    }
    return named && end == start + 1 ? SqlToken.SYMBOL : SqlToken.PLACEHOLDER;
  }

  private SqlToken comment(int commentEnd) {
    end = commentEnd;
    return SqlToken.COMMENT;
  }

  private SqlToken upTo(int close, int closeLength, SqlToken kind) {
    end = close < 0 ? length : close + closeLength;
    return close < 0 ? SqlToken.BROKEN : kind;
  }

  private char at(int i) {
    return i < length ? sql.charAt(i) : '\n';
  }

  private boolean isNameStart(char c) {
    if (c == '@' || (c == '#' && dialect.hashInNames())) {
      char next = at(start + 1);
      return SqlChars.isLetter(next) || next == c;
    }
    return SqlChars.isLetter(c);
  }

  private boolean isNamePart(char c) {
    return SqlChars.isLetterOrDigit(c)
        || c == '$'
        || c == '@'
        || (c == '#' && dialect.hashInNames());
  }
}
