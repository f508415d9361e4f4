package io.otlpagent.instrumentation.semconv.sql;

/**
 * What the text of a statement means where databases differ. Where a database is not known, each
 * choice is the one that shows less. Immutable.
 */
public enum SqlDialect {
  /** ISO 9075: H2, HSQLDB, Derby, DB2, Trino and others. */
  STANDARD(true, Backslash.PLAIN),
  /** Without {@code standard_conforming_strings} a backslash escapes. */
  POSTGRESQL(true, Backslash.AMBIGUOUS),
  ORACLE(true, Backslash.PLAIN),
  SQL_SERVER(true, Backslash.PLAIN),
  /** Like the standard, but a backslash escapes: ClickHouse, Redshift, Snowflake. */
  ESCAPING(true, Backslash.ESCAPES),
  /** With {@code NO_BACKSLASH_ESCAPES} a backslash does not escape. */
  MYSQL(false, Backslash.AMBIGUOUS),
  /** Hive, Spark, BigQuery, Spanner. */
  HIVE(false, Backslash.ESCAPES),
  /** A name in double quotes that no column has is a string to SQLite. */
  SQLITE(false, Backslash.PLAIN),
  UNKNOWN(false, Backslash.AMBIGUOUS);

  /** What a backslash does inside a string literal. */
  enum Backslash {
    PLAIN,
    ESCAPES,
    /** One of these, unknown which. */
    AMBIGUOUS
  }

  private final boolean quotedNames;
  private final Backslash backslash;

  SqlDialect(boolean quotedNames, Backslash backslash) {
    this.quotedNames = quotedNames;
    this.backslash = backslash;
  }

  /** Whether double quotes are for names; else they are for strings. */
  boolean quotedNames() {
    return quotedNames;
  }

  Backslash backslash() {
    return backslash;
  }

  /**
   * Whether {@code [name]} is a name; elsewhere it is an element of an array. Where the database is
   * not known, words alone are a name.
   */
  boolean bracketedName(String sql, int start) {
    return this == SQL_SERVER
        || this == SQLITE
        || (this == UNKNOWN && SqlChars.areWords(sql, start + 1, ']'));
  }

  /** Whether {@code #} starts a comment, and {@code --} only before a space. */
  boolean hashComments() {
    return this == MYSQL;
  }

  /** Whether {@code #} may be part of a name; in PostgreSQL it is an operator. */
  boolean hashInNames() {
    return this != MYSQL && this != POSTGRESQL;
  }

  boolean nestedComments() {
    return this == POSTGRESQL || this == SQL_SERVER || this == UNKNOWN;
  }

  /** Whether {@code q'[it's]'} is a string. */
  boolean alternativeQuotes() {
    return this == ORACLE || this == UNKNOWN;
  }
}
