package io.otlpagent.instrumentation.semconv.sql;

/** What {@link SqlSummary} takes the next word for, at one depth of parentheses. */
enum SqlMode {
  /** The first word of a statement. */
  STATEMENT,
  /** The first word in parentheses. */
  GROUP,
  /** The first word in parentheses in a list of tables. */
  TABLE_GROUP,
  /** In a WITH clause, or after EXPLAIN: an operation may come. */
  OPERATION,
  /** The FROM of an operation may come. */
  FROM,
  /** A table of a list. */
  TABLE,
  /** What follows a table of a list. */
  LIST,
  /** What DELETE deletes from, maybe after FROM. */
  DELETED,
  /** TRUNCATE TABLE or TRUNCATE and a target; likewise LOCK and USE. */
  TRUNCATED,
  /** The one target. */
  TARGET,
  /** The kind of thing after CREATE, ALTER, DROP. */
  OBJECT,
  /** After a thing that DROP drops: there may be another. */
  DROPPED,
  /** After BEGIN or START, COMMIT or ROLLBACK. */
  TRANSACTION,
  /** After the variable that takes the result of EXEC. */
  ASSIGNED,
  /** Nothing but subqueries. */
  OTHER,
  /** Nothing up to the end of the statement. */
  DONE,
  /** Nothing up to the end of the text. */
  FINISHED;

  /** The mode after the first word of a statement that does not change rows. */
  static SqlMode after(SqlKeyword word) {
    switch (word) {
      case WITH:
      case EXPLAIN:
        return OPERATION;
      case CALL:
      case EXEC:
      case EXECUTE:
        return TARGET;
      case CREATE:
      case ALTER:
      case DROP:
        return OBJECT;
      case TRUNCATE:
      case LOCK:
      case USE:
        return TRUNCATED;
      case BEGIN:
      case START:
      case COMMIT:
      case ROLLBACK:
        return TRANSACTION;
      default:
        return DONE;
    }
  }

  boolean takesTarget() {
    return this == TABLE
        || this == TABLE_GROUP
        || this == DELETED
        || this == TRUNCATED
        || this == TARGET;
  }

  /**
   * The mode after a target.
   *
   * @param single what follows the one target of an operation
   */
  SqlMode afterTarget(SqlMode single) {
    return this == DELETED ? FROM : this == TABLE || this == TABLE_GROUP ? LIST : single;
  }

  SqlMode afterComma() {
    return this == LIST ? TABLE : this == DROPPED ? TARGET : this;
  }

  /** The mode after what is neither an operation nor a target. */
  SqlMode afterOther() {
    return this == STATEMENT ? DONE : this == GROUP ? OTHER : this;
  }

  SqlMode insideParentheses() {
    return this == TABLE || this == TABLE_GROUP ? TABLE_GROUP : GROUP;
  }

  SqlMode afterParentheses() {
    switch (this) {
      case TABLE:
      case TABLE_GROUP:
        return LIST;
      case DELETED:
        return FROM;
      case OPERATION:
      case FROM:
      case LIST:
      case OBJECT:
        return this;
      default:
        return OTHER;
    }
  }
}
