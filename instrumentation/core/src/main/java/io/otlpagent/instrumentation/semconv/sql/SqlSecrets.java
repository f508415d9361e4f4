package io.otlpagent.instrumentation.semconv.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds passwords and keys that are written without quotes, or in the quotes of names, in
 * statements that are about accounts, connections and files, and not about rows. Sees each token of
 * a statement once, in order.
 */
final class SqlSecrets {

  private enum State {
    NONE,
    /** After IDENTIFIED: the secret follows BY, AS or USING. */
    IDENTIFIED,
    /** The next token is the secret. */
    SECRET,
    /** The secret follows an equals sign, if there is one. */
    OPTION,
    /** After SET PASSWORD FOR: the secret follows an equals sign. */
    ASSIGNED,
    /** After a secret of IDENTIFIED BY: REPLACE may name the old one. */
    AFTER
  }

  /** Verbs that are not followed by secrets, nor by all that may have them. */
  private static final String HARMLESS =
      " SELECT INSERT UPDATE DELETE MERGE UPSERT REPLACE WITH CALL EXPLAIN VALUES DROP TRUNCATE"
          + " BEGIN DECLARE DO END COMMENT COMMIT ROLLBACK SAVEPOINT RELEASE FETCH SHOW DESC"
          + " DESCRIBE ANALYZE VACUUM LOCK UNLOCK REVOKE DENY ";

  /** Parts of names of options that hold secrets. */
  private static final String[] SECRET_NAMES = {
    "PASSWORD",
    "PASSWD",
    "PWD",
    "PASSPHRASE",
    "PASSCODE",
    "SECRET",
    "TOKEN",
    "CREDENTIAL",
    "ACCESS_KEY",
    "ENCRYPTION_KEY",
    "MASTER_KEY",
    "PRIVATE_KEY",
    "AWS_KEY",
    "API_KEY",
  };

  private boolean empty = true;

  /** Whether there is nothing to look for. */
  private boolean harmless;

  /** Whether any word after PASSWORD is one; in a table, PASSWORD may be a column. */
  private boolean account;

  /** Whether all that follows are arguments of a procedure for passwords. */
  private boolean arguments;

  /** Whether parentheses hold options of their own, and not the secret. */
  private boolean group;

  private String verb = "";
  private State state = State.NONE;

  /** Whether the token is a secret. */
  boolean isSecret(SqlLexer lexer, SqlToken token) {
    if (token == SqlToken.SPACE || token == SqlToken.COMMENT) {
      return false;
    }
    if (lexer.is(';')) {
      empty = true;
      return false;
    }
    SqlKeyword keyword = lexer.keyword();
    if (empty) {
      begin(lexer, token, keyword);
      return false;
    }
    return !harmless && continues(lexer, token, keyword);
  }

  private void begin(SqlLexer lexer, SqlToken token, @Nullable SqlKeyword keyword) {
    empty = false;
    account = false;
    arguments = false;
    state = State.NONE;
    harmless = token != SqlToken.WORD;
    if (harmless) {
      return;
    }
    if (keyword == null) {
      verb = word(lexer);
    } else {
      verb = keyword.name();
      harmless = HARMLESS.contains(' ' + verb + ' ');
    }
    account = keyword != SqlKeyword.CREATE && keyword != SqlKeyword.ALTER && !isExecute();
  }

  private boolean isExecute() {
    return verb.equals("EXEC") || verb.equals("EXECUTE");
  }

  private boolean continues(SqlLexer lexer, SqlToken token, @Nullable SqlKeyword keyword) {
    if (isExecute()) {
      return executes(lexer, token);
    }
    switch (state) {
      case SECRET:
        return secret(lexer, token, keyword);
      case OPTION:
        state = lexer.is('=') ? State.SECRET : State.NONE;
        return false;
      case ASSIGNED:
        state = lexer.is('=') ? State.SECRET : state;
        return false;
      case IDENTIFIED:
        if (keyword == SqlKeyword.BY || keyword == SqlKeyword.AS || keyword == SqlKeyword.USING) {
          state = State.SECRET;
        }
        return false;
      case AFTER:
        state = keyword == SqlKeyword.REPLACE ? State.SECRET : State.NONE;
        break;
      default:
    }
    if (token == SqlToken.WORD) {
      name(lexer, keyword);
    } else if (verb.equals("CONNECT") && lexer.is('/')) {
      state = State.SECRET;
    }
    return false;
  }

  /** Takes a word that may introduce a secret. */
  private void name(SqlLexer lexer, @Nullable SqlKeyword keyword) {
    if (keyword == SqlKeyword.IDENTIFIED) {
      state = State.IDENTIFIED;
    } else if (keyword == SqlKeyword.PASSWORD) {
      state = account ? State.SECRET : State.OPTION;
    } else if (keyword != null && keyword.is(SqlKeyword.Role.ACCOUNT)) {
      account = true;
    } else if (keyword == SqlKeyword.USING) {
      boolean connects = verb.equals("CONNECT") || verb.equals("ATTACH");
      state = connects ? State.SECRET : state;
    } else if (keyword == null) {
      option(word(lexer));
    }
  }

  private void option(String name) {
    boolean ofConnection = verb.equals("CONNECT") && (name.equals("NEW") || name.equals("CONFIRM"));
    boolean key =
        (verb.equals("PRAGMA") && name.endsWith("KEY"))
            || (verb.equals("ATTACH") && name.equals("KEY"));
    if (ofConnection || key) {
      state = State.SECRET;
      return;
    }
    group = name.contains("CREDENTIAL");
    for (String secret : SECRET_NAMES) {
      if (name.contains(secret)) {
        // Not what CREATE SECRET creates, nor a column.
        boolean ofFile = !verb.equals("CREATE") && !verb.equals("ALTER") && !verb.equals("SET");
        state = ofFile ? State.SECRET : State.OPTION;
        return;
      }
    }
  }

  /** SQL Server takes words for strings in the arguments of a procedure. */
  private boolean executes(SqlLexer lexer, SqlToken token) {
    if (arguments) {
      return token == SqlToken.WORD || token == SqlToken.QUOTED;
    }
    if (token == SqlToken.WORD) {
      String name = word(lexer);
      arguments =
          name.startsWith("SP_")
              && (name.contains("PASSWORD") || name.contains("LOGIN") || name.contains("ROLE"));
    }
    return false;
  }

  private static String word(SqlLexer lexer) {
    return lexer.sql().substring(lexer.start(), lexer.end()).toUpperCase(Locale.ROOT);
  }

  private boolean secret(SqlLexer lexer, SqlToken token, @Nullable SqlKeyword keyword) {
    if (lexer.is('(')) {
      state = group ? State.NONE : state;
      return false;
    }
    if (lexer.is('=')
        || keyword == SqlKeyword.PASSWORD
        || keyword == SqlKeyword.VALUES
        || keyword == SqlKeyword.AS
        || keyword == SqlKeyword.BY
        || keyword == SqlKeyword.DIGEST) {
      return false;
    }
    if (keyword == SqlKeyword.FOR) {
      state = State.ASSIGNED;
      return false;
    }
    if (lexer.is(',') || lexer.is(')') || token == SqlToken.END) {
      state = State.NONE;
      return false;
    }
    if (keyword == null && token == SqlToken.WORD && word(lexer).equals("IMMEDIATELY")) {
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
