package io.otlpagent.instrumentation.semconv.sql;

import org.jspecify.annotations.Nullable;

/** Writes operations and targets, up to the limit and never half of one. */
final class SqlSummaryWriter {

  /** The most characters of a summary. */
  static final int MAX_LENGTH = 255;

  private enum Name {
    NONE,
    /** After a part of a qualified name. */
    PART,
    /** After the dot. */
    DOT
  }

  private final StringBuilder out = new StringBuilder(48);
  private boolean full;
  private boolean newStatement;

  /** Where the last operation or target begins, with the separator in front of it. */
  private int lastStart;

  private int nameStart;
  private Name name = Name.NONE;
  private boolean procedureName;
  private @Nullable String procedure;

  private int aliasStart;
  private int aliasEnd = -1;

  void operation(SqlLexer lexer) {
    add(lexer);
  }

  /** Begins a target; {@link #continueName} adds the further parts of a qualified name. */
  void target(SqlLexer lexer, boolean ofCall) {
    add(lexer);
    name = Name.PART;
    procedureName = ofCall;
  }

  /** Whether the token belongs to the target before it. */
  boolean continueName(SqlLexer lexer, SqlToken token) {
    if (name == Name.NONE) {
      return false;
    }
    if (lexer.is('.')) {
      append(lexer);
      name = Name.DOT;
      return true;
    }
    boolean part =
        token == SqlToken.WORD
            || token == SqlToken.QUOTED
            || token == SqlToken.STRING
            || token == SqlToken.NUMBER;
    if (name == Name.DOT && part) {
      append(lexer);
      name = Name.PART;
      return true;
    }
    endName();
    return false;
  }

  /** Remembers that the last target may be an alias, which {@link #dropAlias} takes back. */
  void markAlias() {
    aliasStart = lastStart;
    aliasEnd = out.length();
  }

  void dropAlias() {
    if (aliasEnd == out.length()) {
      out.setLength(aliasStart);
    }
  }

  void endStatement() {
    newStatement = out.length() > 0;
  }

  boolean full() {
    return full;
  }

  @Nullable String procedure() {
    return procedure;
  }

  String finish() {
    endName();
    return out.toString();
  }

  private void add(SqlLexer lexer) {
    lastStart = out.length();
    if (lastStart > 0) {
      out.append(newStatement ? "; " : " ");
    }
    newStatement = false;
    nameStart = out.length();
    append(lexer);
  }

  private void append(SqlLexer lexer) {
    if (full) {
      return;
    }
    if (out.length() + lexer.end() - lexer.start() > MAX_LENGTH) {
      out.setLength(lastStart);
      full = true;
      name = Name.NONE;
      return;
    }
    out.append(lexer.sql(), lexer.start(), lexer.end());
  }

  private void endName() {
    if (name != Name.NONE && procedureName && procedure == null && !full) {
      procedure = out.substring(nameStart);
    }
    name = Name.NONE;
  }
}
