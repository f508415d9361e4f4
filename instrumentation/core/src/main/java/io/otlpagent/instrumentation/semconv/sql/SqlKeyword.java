package io.otlpagent.instrumentation.semconv.sql;

import org.jspecify.annotations.Nullable;

/**
 * The words that matter to the summary and to secrets. Found by a hash of the upper-case letters
 * that the lexer computes on the way, without making a string.
 */
enum SqlKeyword {
  SELECT(Role.STARTS),
  INSERT(Role.STARTS | Role.CHANGES),
  UPDATE(Role.STARTS | Role.CHANGES),
  DELETE(Role.STARTS | Role.CHANGES),
  MERGE(Role.STARTS | Role.CHANGES),
  UPSERT(Role.STARTS | Role.CHANGES),
  REPLACE(Role.STARTS | Role.CHANGES | Role.SKIPPED),
  WITH(Role.STARTS),
  CALL(Role.STARTS),
  EXEC(Role.STARTS),
  EXECUTE(Role.STARTS),
  CREATE(Role.STARTS),
  ALTER(Role.STARTS),
  DROP(Role.STARTS),
  TRUNCATE(Role.STARTS),
  EXPLAIN(Role.STARTS),
  BEGIN(Role.STARTS),
  START(Role.STARTS | Role.ENDS),

  ANALYZE(Role.STARTS),
  ATTACH(Role.STARTS),
  BACKUP(Role.STARTS),
  CHECKPOINT(Role.STARTS),
  CLOSE(Role.STARTS),
  COMMENT(Role.STARTS),
  COMMIT(Role.STARTS),
  COPY(Role.STARTS),
  DEALLOCATE(Role.STARTS),
  DECLARE(Role.STARTS),
  DENY(Role.STARTS),
  DESC(Role.STARTS),
  DESCRIBE(Role.STARTS),
  DETACH(Role.STARTS),
  DISCARD(Role.STARTS),
  DO(Role.STARTS),
  END(Role.STARTS),
  FETCH(Role.STARTS | Role.ENDS),
  FLUSH(Role.STARTS),
  GRANT(Role.STARTS),
  HANDLER(Role.STARTS),
  KILL(Role.STARTS),
  LISTEN(Role.STARTS),
  LOAD(Role.STARTS),
  LOCK(Role.STARTS),
  NOTIFY(Role.STARTS),
  OPEN(Role.STARTS),
  OPTIMIZE(Role.STARTS),
  PRAGMA(Role.STARTS),
  PREPARE(Role.STARTS),
  PURGE(Role.STARTS),
  REFRESH(Role.STARTS),
  REINDEX(Role.STARTS),
  RELEASE(Role.STARTS),
  RENAME(Role.STARTS),
  RESET(Role.STARTS),
  RESTORE(Role.STARTS),
  REVOKE(Role.STARTS),
  ROLLBACK(Role.STARTS | Role.SKIPPED),
  SAVEPOINT(Role.STARTS),
  SCRIPT(Role.STARTS),
  SET(Role.STARTS | Role.ENDS),
  SHOW(Role.STARTS),
  SHUTDOWN(Role.STARTS),
  SIGNAL(Role.STARTS),
  UNLISTEN(Role.STARTS),
  UNLOCK(Role.STARTS),
  USE(Role.STARTS),
  VACUUM(Role.STARTS),
  VALUES(Role.STARTS | Role.ENDS),
  XA(Role.STARTS),

  TABLE(Role.OBJECT),
  TABLES(Role.OBJECT),
  VIEW(Role.OBJECT),
  INDEX(Role.OBJECT),
  DATABASE(Role.OBJECT),
  SCHEMA(Role.OBJECT),
  SEQUENCE(Role.OBJECT),
  USER(Role.OBJECT | Role.ACCOUNT),
  ROLE(Role.OBJECT | Role.ACCOUNT),
  LOGIN(Role.OBJECT | Role.ACCOUNT),
  GROUP(Role.OBJECT | Role.ACCOUNT | Role.ENDS),
  TYPE(Role.OBJECT),
  DOMAIN(Role.OBJECT),
  SYNONYM(Role.OBJECT),
  TABLESPACE(Role.OBJECT),
  EXTENSION(Role.OBJECT),
  POLICY(Role.OBJECT),
  PROCEDURE(Role.OBJECT | Role.BODY),
  PROC(Role.OBJECT | Role.BODY),
  FUNCTION(Role.OBJECT | Role.BODY),
  TRIGGER(Role.OBJECT | Role.BODY),
  PACKAGE(Role.OBJECT | Role.BODY),
  EVENT(Role.OBJECT | Role.BODY),

  FROM(0),
  INTO(Role.SKIPPED | Role.ENDS),
  JOIN(0),
  STRAIGHT_JOIN(0),
  CROSS(0),
  OUTER(0),
  APPLY(0),
  ON(0),
  AS(0),
  DISTINCT(0),
  TOP(0),

  WHERE(Role.ENDS),
  HAVING(Role.ENDS),
  ORDER(Role.ENDS),
  LIMIT(Role.ENDS),
  OFFSET(Role.ENDS),
  FOR(Role.ENDS),
  UNION(Role.ENDS),
  INTERSECT(Role.ENDS),
  EXCEPT(Role.ENDS),
  MINUS(Role.ENDS),
  WINDOW(Role.ENDS),
  QUALIFY(Role.ENDS),
  RETURNING(Role.ENDS),
  CONNECT(Role.ENDS),
  WHEN(Role.ENDS),
  OPTION(Role.ENDS),

  TRANSACTION(Role.TRANSACTION | Role.NOUN),
  TRAN(Role.TRANSACTION | Role.NOUN),
  WORK(Role.TRANSACTION | Role.NOUN),
  ISOLATION(Role.TRANSACTION),
  READ(Role.TRANSACTION),
  DEFERRED(Role.TRANSACTION),
  IMMEDIATE(Role.TRANSACTION),
  EXCLUSIVE(Role.TRANSACTION),

  IF(Role.SKIPPED),
  NOT(Role.SKIPPED),
  EXISTS(Role.SKIPPED),
  CONCURRENTLY(Role.SKIPPED),
  ONLY(Role.SKIPPED),
  LATERAL(Role.SKIPPED),
  IGNORE(Role.SKIPPED),
  OVERWRITE(Role.SKIPPED),
  LOW_PRIORITY(Role.SKIPPED),
  HIGH_PRIORITY(Role.SKIPPED),
  DELAYED(Role.SKIPPED),
  QUICK(Role.SKIPPED),
  OR(Role.SKIPPED),
  ABORT(Role.SKIPPED),
  FAIL(Role.SKIPPED),
  ALL(Role.SKIPPED),
  OJ(Role.SKIPPED),

  TRUE(0),
  FALSE(0),
  IN(0),
  IDENTIFIED(0),
  BY(0),
  USING(0),
  PASSWORD(0),
  EXPIRE(0),
  HISTORY(0),
  REUSE(0),
  REQUIRE(0),
  DIGEST(0),
  NULL(0);

  private static final int LONGEST = 13;
  private static final SqlKeyword[] TABLE_OF_HASHES = tableOfHashes();

  private final int roles;

  SqlKeyword(int roles) {
    this.roles = roles;
  }

  boolean is(int role) {
    return (roles & role) != 0;
  }

  /** Whether another table follows, which belongs to the list before. */
  boolean joins(@Nullable SqlKeyword previous) {
    return this == JOIN
        || this == STRAIGHT_JOIN
        || (this == APPLY && (previous == CROSS || previous == OUTER));
  }

  /** One step of the hash of a word. */
  static int hash(int hash, char letter) {
    // Clears the bit that tells lower case from upper case; harmless for what is no letter.
    return 31 * hash + (letter & ~0x20);
  }

  /**
   * The keyword that is written there; null if it is none.
   *
   * @param hash of all its characters, by {@link #hash}
   */
  static @Nullable SqlKeyword of(String sql, int start, int end, int hash) {
    int length = end - start;
    if (length > LONGEST) {
      return null;
    }
    int slot = slot(hash);
    for (; TABLE_OF_HASHES[slot] != null; slot = next(slot)) {
      SqlKeyword found = TABLE_OF_HASHES[slot];
      String name = found.name();
      if (name.length() == length && sql.regionMatches(true, start, name, 0, length)) {
        return found;
      }
    }
    return null;
  }

  private static SqlKeyword[] tableOfHashes() {
    SqlKeyword[] table = new SqlKeyword[512];
    for (SqlKeyword keyword : values()) {
      int hash = 0;
      for (int i = 0; i < keyword.name().length(); i++) {
        hash = hash(hash, keyword.name().charAt(i));
      }
      int slot = slot(hash);
      while (table[slot] != null) {
        slot = next(slot);
      }
      table[slot] = keyword;
    }
    return table;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 15)) & 511;
  }

  private static int next(int slot) {
    return (slot + 1) & 511;
  }

  /** What a keyword can be; the place decides. */
  static final class Role {

    /** Can be the first word of a statement. */
    static final int STARTS = 1;

    /** Changes rows, and so may follow a WITH clause. */
    static final int CHANGES = 1 << 1;

    /** A kind of thing that CREATE makes. */
    static final int OBJECT = 1 << 2;

    /** A kind of thing whose definition holds statements. */
    static final int BODY = 1 << 3;

    /** A kind of thing that has a password. */
    static final int ACCOUNT = 1 << 4;

    /** Ends a list of tables. */
    static final int ENDS = 1 << 5;

    /** May stand between an operation and its target. */
    static final int SKIPPED = 1 << 6;

    /** Says, after BEGIN, that it begins a transaction and not a block. */
    static final int TRANSACTION = 1 << 7;

    /** Belongs to the operation BEGIN or START. */
    static final int NOUN = 1 << 8;

    private Role() {}
  }
}
