package io.otlpagent.instrumentation.semconv;

import org.jspecify.annotations.Nullable;

/**
 * Finds passwords that are written without quotes, or in the quotes of names, in statements that
 * create, change and authorize accounts. Sees each token of a statement once, in order.
 */
final class SqlSecrets {

  private enum State {
    NONE,
    /** After IDENTIFIED: the secret follows BY or AS. */
    IDENTIFIED,
    /** The next token is the secret. */
    SECRET,
    /** After SET PASSWORD FOR: the secret follows an equals sign. */
    ASSIGNED,
    /** After a secret of IDENTIFIED BY: REPLACE may name the old one. */
    AFTER
  }

  private @Nullable SqlKeyword verb;
  private boolean empty = true;
  private boolean account;
  private State state = State.NONE;

  /** Whether the token is a secret. */
  boolean isSecret(SqlLexer lexer, SqlToken token) {
    if (token == SqlToken.SPACE || token == SqlToken.COMMENT) {
      return false;
    }
    if (lexer.is(';')) {
      verb = null;
      empty = true;
      account = false;
      state = State.NONE;
      return false;
    }
    SqlKeyword keyword = lexer.keyword();
    if (empty) {
      begin(keyword);
      return false;
    }
    return verb != null && continues(lexer, keyword);
  }

  private void begin(@Nullable SqlKeyword keyword) {
    empty = false;
    if (keyword == SqlKeyword.CREATE
        || keyword == SqlKeyword.ALTER
        || keyword == SqlKeyword.GRANT
        || keyword == SqlKeyword.SET) {
      verb = keyword;
      account = keyword == SqlKeyword.GRANT || keyword == SqlKeyword.SET;
    }
  }

  private boolean continues(SqlLexer lexer, @Nullable SqlKeyword keyword) {
    switch (state) {
      case SECRET:
        return secret(lexer, keyword);
      case ASSIGNED:
        state = lexer.is('=') ? State.SECRET : state;
        return false;
      case IDENTIFIED:
        if (keyword == SqlKeyword.BY || keyword == SqlKeyword.AS) {
          state = State.SECRET;
        }
        return false;
      case AFTER:
        state = keyword == SqlKeyword.REPLACE ? State.SECRET : State.NONE;
        break;
      default:
    }
    if (keyword == SqlKeyword.IDENTIFIED) {
      state = State.IDENTIFIED;
    } else if (keyword == SqlKeyword.PASSWORD && account) {
      state = State.SECRET;
    } else if (keyword != null && keyword.is(SqlKeyword.Role.ACCOUNT)) {
      account = true;
    }
    return false;
  }

  private boolean secret(SqlLexer lexer, @Nullable SqlKeyword keyword) {
    if (lexer.is('=')
        || keyword == SqlKeyword.PASSWORD
        || keyword == SqlKeyword.VALUES
        || keyword == SqlKeyword.DIGEST) {
      return false;
    }
    if (keyword == SqlKeyword.FOR) {
      state = State.ASSIGNED;
      return false;
    }
    boolean rule =
        keyword == SqlKeyword.EXPIRE
            || keyword == SqlKeyword.HISTORY
            || keyword == SqlKeyword.REUSE
            || keyword == SqlKeyword.REQUIRE
            || keyword == SqlKeyword.NULL;
    state = State.AFTER;
    return !rule;
  }
}
