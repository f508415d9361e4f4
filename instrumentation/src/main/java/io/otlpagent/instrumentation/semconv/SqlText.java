package io.otlpagent.instrumentation.semconv;

/**
 * Writes a statement without its literals and comments. Gets the tokens in order; lists of nothing
 * but literals and placeholders after IN become one placeholder.
 */
final class SqlText {

  /** The most characters of a text that are kept. */
  static final int MAX_LENGTH = 32 * 1024;

  private static final int NO_LIST = -1;

  private final StringBuilder out;
  private final SqlSecrets secrets = new SqlSecrets();
  private boolean placeholders;
  private boolean afterIn;
  private int listStart = NO_LIST;
  private boolean listHasElements;

  SqlText(int length) {
    out = new StringBuilder(Math.min(length, MAX_LENGTH) + 16);
  }

  void accept(SqlLexer lexer, SqlToken token) {
    if (secrets.isSecret(lexer, token)) {
      if (token != SqlToken.QUOTED && token != SqlToken.STRING) {
        lexer.extendToDelimiter();
      }
      literal();
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
        literal();
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
  static void truncate(StringBuilder text) {
    if (text.length() > MAX_LENGTH) {
      boolean insidePair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
      text.setLength(insidePair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
  }

  private void literal() {
    element();
    out.append('?');
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
      literal();
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
