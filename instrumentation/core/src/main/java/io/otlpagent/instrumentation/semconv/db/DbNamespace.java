package io.otlpagent.instrumentation.semconv.db;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection was moved to within its server, by a method or by a statement: what that does
 * to {@code db.namespace}. Where it is not certain what it does, the namespace is left out.
 * Immutable.
 */
public final class DbNamespace {

  /** What was named. */
  enum Kind {
    /** By {@code USE}, which means what the system takes for a database. */
    DATABASE,
    CATALOG,
    SCHEMA
  }

  private final Kind kind;
  private final @Nullable String name;

  /**
   * @param name as the system stores it; null if it is not known
   */
  DbNamespace(Kind kind, @Nullable String name) {
    this.kind = kind;
    this.name = name == null || name.isEmpty() ? null : name;
  }

  /** The argument of {@code Connection.setCatalog}. */
  public static DbNamespace catalog(@Nullable String name) {
    return new DbNamespace(Kind.CATALOG, name);
  }

  /** The argument of {@code Connection.setSchema}. */
  public static DbNamespace schema(@Nullable String name) {
    return new DbNamespace(Kind.SCHEMA, name);
  }

  /** What is known of a connection after it was moved here. */
  DbInfo after(DbInfo info) {
    switch (info.system()) {
      case ORACLE:
      case TIBERO:
      case H2:
      case HSQLDB:
      case DERBY:
      case SQLITE:
      case DB2:
        // The namespace is the database that was connected to, and stays it.
        return info;
      case POSTGRESQL:
      case REDSHIFT:
      case COCKROACHDB:
      case OPENGAUSS:
      case YUGABYTEDB:
      case POLARDB:
        return inPostgres(info);
      case TRINO:
      case PRESTO:
      case SNOWFLAKE:
        return inCatalogs(info);
      case SQL_SERVER:
        return kind == Kind.SCHEMA ? info : info.in(behind(instance(info.namespace())));
      case MYSQL:
      case MARIADB:
      case SINGLESTORE:
      case OCEANBASE:
        return inMysql(info);
      case CLICKHOUSE:
      case HIVE:
      case IMPALA:
      case SYBASE:
      case EXASOL:
        return info.in(name);
      default:
        return info.known() ? info.in(null) : info;
    }
  }

  /** A connection stays in its database, but for a {@code USE} that some relatives have. */
  private DbInfo inPostgres(DbInfo info) {
    if (kind == Kind.CATALOG) {
      return info;
    }
    return info.in(kind == Kind.SCHEMA ? behind(first(info.namespace())) : name);
  }

  /** A setting of the driver decides whether setSchema does anything. */
  private DbInfo inMysql(DbInfo info) {
    boolean unclear = kind == Kind.SCHEMA && !equal(info.namespace());
    return info.in(unclear ? null : name);
  }

  private DbInfo inCatalogs(DbInfo info) {
    String known = name;
    if (known == null) {
      return info.in(null);
    }
    int dot = known.indexOf('.');
    if (dot > 0) {
      return info.in(known.substring(0, dot) + "|" + known.substring(dot + 1));
    }
    boolean schema =
        kind == Kind.SCHEMA || (kind == Kind.DATABASE && info.system() != DbSystem.SNOWFLAKE);
    return info.in(schema ? behind(first(info.namespace())) : known);
  }

  private @Nullable String behind(@Nullable String general) {
    return general == null ? name : name == null ? general : general + "|" + name;
  }

  private boolean equal(@Nullable String namespace) {
    return name != null && name.equals(namespace);
  }

  private static @Nullable String first(@Nullable String namespace) {
    int bar = namespace == null ? -1 : namespace.indexOf('|');
    return namespace == null || bar < 0 ? namespace : namespace.substring(0, bar);
  }

  private static @Nullable String instance(@Nullable String namespace) {
    return namespace != null && namespace.indexOf('|') > 0 ? first(namespace) : null;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + name;
  }
}
