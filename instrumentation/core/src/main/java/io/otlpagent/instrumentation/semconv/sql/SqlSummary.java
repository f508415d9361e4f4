package io.otlpagent.instrumentation.semconv.sql;

import io.otlpagent.instrumentation.semconv.sql.SqlKeyword.Role;
import org.jspecify.annotations.Nullable;

/**
 * Makes the summary of a text: operations and targets, in the order and spelling of the text. Gets
 * the tokens in order and keeps one mode for each open parenthesis; does not parse.
 */
final class SqlSummary {

  /** How many words CREATE and its like may have before the kind of thing that they make. */
  private static final int MAX_MODIFIERS = 8;

  private final SqlSummaryWriter out = new SqlSummaryWriter();
  private final SqlScopes outer = new SqlScopes();
  private SqlMode mode = SqlMode.STATEMENT;

  /** What follows the target of the current operation. */
  private SqlMode afterTarget = SqlMode.OTHER;

  private @Nullable SqlKeyword verb;
  private @Nullable SqlKeyword previous;
  private int modifiers;
  private boolean topCount;

  /** Whether a string in a list of tables is likely a name: after FROM and other quoted names. */
  private boolean quotedTables;

  private boolean definesBody;
  private boolean braces;
  private boolean onlyCall;
  private int statements;

  void accept(SqlLexer lexer, SqlToken token) {
    if (token == SqlToken.SPACE || token == SqlToken.COMMENT) {
      return;
    }
    boolean partOfName = out.continueName(lexer, token);
    if (partOfName || mode == SqlMode.FINISHED || out.full()) {
      return;
    }
    switch (token) {
      case WORD:
        word(lexer, lexer.keyword());
        quotedTables = lexer.keyword() == SqlKeyword.FROM;
        break;
      case SYMBOL:
        symbol(lexer.first());
        quotedTables &= lexer.is(',');
        break;
      case QUOTED:
        quoted(lexer);
        break;
      default:
        value(lexer, token);
    }
    previous = lexer.keyword();
  }

  String finish() {
    return out.finish();
  }

  /** Whether the whole text is <code>{call procedure}</code>. */
  boolean onlyCall() {
    return onlyCall;
  }

  /** The first procedure that is called; null if none is. */
  @Nullable String storedProcedure() {
    return out.procedure();
  }

  private void word(SqlLexer lexer, @Nullable SqlKeyword word) {
    if (word == SqlKeyword.SELECT && mode != SqlMode.DONE && mode != SqlMode.OBJECT) {
      out.operation(lexer);
      verb = word;
      mode = SqlMode.FROM;
      return;
    }
    switch (mode) {
      case STATEMENT:
        statement(lexer, word);
        break;
      case GROUP:
      case OPERATION:
        operation(lexer, word);
        break;
      case FROM:
        if (word == SqlKeyword.FROM && previous != SqlKeyword.DISTINCT) {
          out.dropAlias();
          mode = SqlMode.TABLE;
        }
        break;
      case LIST:
        list(word);
        break;
      case OBJECT:
        object(lexer, word);
        break;
      case TRANSACTION:
        transaction(lexer, word);
        break;
      default:
        target(lexer, word);
    }
  }

  private void statement(SqlLexer lexer, @Nullable SqlKeyword word) {
    statements++;
    onlyCall = statements == 1 && braces && word == SqlKeyword.CALL;
    verb = word;
    mode = SqlMode.DONE;
    if (word == null || !word.is(Role.STARTS)) {
      return;
    }
    if (word != SqlKeyword.WITH) {
      out.operation(lexer);
    }
    if (word.is(Role.CHANGES)) {
      change(word);
    } else {
      modifiers = 0;
      afterTarget = SqlMode.DONE;
      mode = SqlMode.after(word);
    }
  }

  /** At the start of parentheses, in a WITH clause, and after EXPLAIN. */
  private void operation(SqlLexer lexer, @Nullable SqlKeyword word) {
    boolean inWith = mode == SqlMode.OPERATION || outer.last() == SqlMode.OPERATION;
    if (word == SqlKeyword.WITH) {
      mode = SqlMode.OPERATION;
    } else if (word != null && word.is(Role.CHANGES) && inWith) {
      out.operation(lexer);
      change(word);
    } else if (mode == SqlMode.GROUP) {
      mode = SqlMode.OTHER;
    }
  }

  private void change(SqlKeyword word) {
    verb = word;
    if (word == SqlKeyword.UPDATE) {
      mode = SqlMode.TABLE;
    } else if (word == SqlKeyword.DELETE) {
      mode = SqlMode.DELETED;
    } else {
      expectTarget(SqlMode.OTHER);
    }
  }

  private void expectTarget(SqlMode after) {
    afterTarget = after;
    mode = SqlMode.TARGET;
  }

  private void list(@Nullable SqlKeyword word) {
    if (word != null && word.joins(previous)) {
      mode = SqlMode.TABLE;
    } else if (word == SqlKeyword.SET) {
      mode = SqlMode.FROM;
    } else if (word != null && word.is(Role.ENDS)) {
      mode = SqlMode.OTHER;
    }
  }

  private void object(SqlLexer lexer, @Nullable SqlKeyword word) {
    if (word != null && word.is(Role.OBJECT)) {
      out.operation(lexer);
      definesBody = word.is(Role.BODY) && verb != SqlKeyword.DROP;
      expectTarget(verb == SqlKeyword.DROP ? SqlMode.DROPPED : SqlMode.DONE);
    } else if (++modifiers > MAX_MODIFIERS || word == SqlKeyword.SET) {
      mode = SqlMode.DONE;
    }
  }

  private void transaction(SqlLexer lexer, @Nullable SqlKeyword word) {
    if (word != null && word.is(Role.NOUN)) {
      out.operation(lexer);
      mode = SqlMode.DONE;
    } else if (word == null || !word.is(Role.TRANSACTION)) {
      mode = verb == SqlKeyword.BEGIN ? SqlMode.FINISHED : SqlMode.DONE;
    }
  }

  /** A word or a quoted name where a target may be. */
  private void target(SqlLexer lexer, @Nullable SqlKeyword word) {
    if (mode == SqlMode.DELETED && word == SqlKeyword.FROM) {
      mode = SqlMode.TABLE;
    } else if (mode == SqlMode.TABLE_GROUP && word == SqlKeyword.WITH) {
      mode = SqlMode.OPERATION;
    } else if (mode == SqlMode.TRUNCATED && word != null && word.is(Role.OBJECT)) {
      out.operation(lexer);
      mode = SqlMode.TARGET;
    } else if (word == SqlKeyword.TOP) {
      topCount = true;
    } else if (mode.takesTarget() && !isSkipped(word)) {
      takeTarget(lexer, word);
    }
  }

  private boolean isSkipped(@Nullable SqlKeyword word) {
    boolean intoTable = word == SqlKeyword.TABLE && verb == SqlKeyword.INSERT;
    boolean executed = word == SqlKeyword.PROCEDURE && isCall();
    return word != null && (word.is(Role.SKIPPED) || intoTable || executed);
  }

  private void takeTarget(SqlLexer lexer, @Nullable SqlKeyword word) {
    if (isCall() && lexer.first() == '@') {
      mode = SqlMode.ASSIGNED;
      return;
    }
    boolean mayBeAlias = mode == SqlMode.DELETED;
    mode = definesBody ? SqlMode.FINISHED : mode.afterTarget(afterTarget);
    if (word == SqlKeyword.VALUES || word == SqlKeyword.ON || word == SqlKeyword.IMMEDIATE) {
      mode = mode == SqlMode.LIST ? SqlMode.OTHER : mode;
      return;
    }
    out.target(lexer, isCall());
    if (mayBeAlias) {
      out.markAlias();
    }
  }

  private boolean isCall() {
    return verb == SqlKeyword.CALL || verb == SqlKeyword.EXEC || verb == SqlKeyword.EXECUTE;
  }

  private void quoted(SqlLexer lexer) {
    quotedTables = mode == SqlMode.TABLE;
    if (mode.takesTarget()) {
      takeTarget(lexer, null);
    } else {
      mode = mode.afterOther();
    }
  }

  /** A literal or a placeholder. */
  private void value(SqlLexer lexer, SqlToken token) {
    boolean countOfTop = topCount;
    topCount = false;
    if (mode.takesTarget()) {
      boolean name = lexer.first() == '"' || quotedTables;
      if (token == SqlToken.STRING && name) {
        quotedTables = mode == SqlMode.TABLE;
        takeTarget(lexer, null);
      } else if (!countOfTop) {
        mode = mode == SqlMode.TARGET ? afterTarget : SqlMode.OTHER;
      }
    } else if (mode != SqlMode.STATEMENT || token != SqlToken.PLACEHOLDER) {
      mode = mode.afterOther();
    }
  }

  private void symbol(char symbol) {
    switch (symbol) {
      case ';':
        endStatement();
        break;
      case '(':
        open();
        break;
      case ')':
        mode = mode == SqlMode.DONE ? mode : outer.pop();
        break;
      case ',':
        mode = mode.afterComma();
        break;
      case '=':
        mode = mode == SqlMode.ASSIGNED ? SqlMode.TARGET : mode;
        break;
      case '{':
        braces |= mode == SqlMode.STATEMENT;
        break;
      default:
        mode = mode == SqlMode.GROUP ? SqlMode.OTHER : mode;
    }
  }

  private void endStatement() {
    out.endStatement();
    outer.clear();
    mode = SqlMode.STATEMENT;
    verb = null;
    topCount = false;
    definesBody = false;
    braces = false;
  }

  private void open() {
    if (mode == SqlMode.DONE) {
      return;
    }
    outer.push(topCount ? mode : mode.afterParentheses());
    mode = topCount ? SqlMode.OTHER : mode.insideParentheses();
    topCount = false;
  }
}
