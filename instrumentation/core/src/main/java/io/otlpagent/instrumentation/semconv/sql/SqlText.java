package io.otlpagent.instrumentation.semconv.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a statement without its literals and comments. Gets the tokens in order; lists of nothing
 * but literals and placeholders after IN become one placeholder.
 */
public final class SqlText {

  /** The most characters of a text that are kept. */
  public static final int MAX_LENGTH = 32 * 1024;

  private static final int NO_LIST = -1;

  /** The most literals that are asked for. */
  private static final int MAX_LITERALS = 256;

  private final StringBuilder out;
  private final @Nullable List<String> literals;
  private final SqlSecrets secrets = new SqlSecrets();
  private boolean placeholders;
  private boolean afterIn;
  private int listStart = NO_LIST;
  private boolean listHasElements;

  SqlText(int length) {
    this(length, null);
  }

  private SqlText(int length, @Nullable List<String> literals) {
    this.literals = literals;
    out = new StringBuilder(Math.min(length, MAX_LENGTH) + 16);
  }

  /** The text of a statement. */
  public static String of(String sql, SqlDialect dialect) {
    return read(sql, dialect, null);
  }

  /**
   * The text of a statement.
   *
   * @param literals where to add what it leaves out, without quotes
   */
  public static String of(String sql, SqlDialect dialect, List<String> literals) {
    return read(sql, dialect, literals);
  }

  private static String read(String sql, SqlDialect dialect, @Nullable List<String> literals) {
    SqlLexer lexer = new SqlLexer(sql, dialect);
    SqlText text = new SqlText(sql.length(), literals);
    for (SqlToken token = lexer.next(); token != SqlToken.END; token = lexer.next()) {
      if (text.full()) {
        break;
      }
      text.accept(lexer, token);
    }
    return text.finish(sql);
  }

  void accept(SqlLexer lexer, SqlToken token) {
    if (secrets.isSecret(lexer, token)) {
      if (token != SqlToken.QUOTED && token != SqlToken.STRING) {
        lexer.extendToDelimiter();
      }
      literal(lexer);
      return;
    }
    switch (token) {
      case SPACE:
        copy(lexer);
        break;
      case COMMENT:
        break;
      case STRING:
      case NUMBER:
      case BROKEN:
        literal(lexer);
        break;
      case PLACEHOLDER:
        placeholders = true;
        element();
        copy(lexer);
        break;
      case SYMBOL:
        symbol(lexer);
        break;
      default:
        word(lexer);
    }
  }

  /** Whether nothing more will be written. */
  boolean full() {
    return out.length() >= MAX_LENGTH;
  }

  /** Whether the statement has a place for a parameter. */
  boolean hasPlaceholders() {
    return placeholders;
  }

  /** The text; the statement itself if it needed no change. */
  String finish(String sql) {
    truncate(out);
    return out.length() == sql.length() && sql.contentEquals(out) ? sql : out.toString();
  }

  /** Cuts a text that is too long, not inside a character. */
  public static void truncate(StringBuilder text) {
    if (text.length() > MAX_LENGTH) {
      boolean insidePair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
      text.setLength(insidePair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
  }

  private void literal(SqlLexer lexer) {
    element();
    if (literals != null && literals.size() < MAX_LITERALS) {
      literals.add(withoutQuotes(lexer));
    }
    out.append('?');
  }

  /** What a literal says; for a string that has a prefix, at least what is in its quotes. */
  private static String withoutQuotes(SqlLexer lexer) {
    String literal = lexer.sql().substring(lexer.start(), lexer.end());
    int open = 0;
    while (open < literal.length() && open <= 2 && "'\"`$".indexOf(literal.charAt(open)) < 0) {
      open++;
    }
    if (open == literal.length() || open > 2) {
      return literal;
    }
    char quote = literal.charAt(open);
    int close = literal.lastIndexOf(quote);
    return literal.substring(open + 1, close > open ? close : literal.length());
  }

  private void element() {
    afterIn = false;
    listHasElements = true;
  }

  private void symbol(SqlLexer lexer) {
    char c = lexer.first();
    if (c == '(' && afterIn) {
      copy(lexer);
      listStart = out.length();
      listHasElements = false;
    } else {
      if (c == ')' && listStart != NO_LIST && listHasElements) {
        out.setLength(listStart);
        out.append('?');
      }
      if (c != ',') {
        listStart = NO_LIST;
      }
      copy(lexer);
    }
    afterIn = false;
  }

  private void word(SqlLexer lexer) {
    SqlKeyword keyword = lexer.keyword();
    boolean bool = keyword == SqlKeyword.TRUE || keyword == SqlKeyword.FALSE;
    if (bool && !(out.length() > 0 && out.charAt(out.length() - 1) == '.')) {
      literal(lexer);
      return;
    }
    afterIn = keyword == SqlKeyword.IN;
    listStart = NO_LIST;
    copy(lexer);
  }

  private void copy(SqlLexer lexer) {
    // A token can be as long as the statement; what is beyond the limit need not be copied.
    int end = Math.min(lexer.end(), lexer.start() + MAX_LENGTH + 1);
    out.append(lexer.sql(), lexer.start(), end);
  }
}
