package io.otlpagent.instrumentation.semconv.db;

import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The databases that are known: the value of {@code db.system.name}, the default port, the dialect,
 * how errors are numbered, and the subprotocols of their JDBC URLs.
 */
public enum DbSystem {
  POSTGRESQL("postgresql", 5432, SqlDialect.POSTGRESQL, DbErrors.SQLSTATE, "postgresql pgsql edb"),
  MYSQL("mysql", 3306, SqlDialect.MYSQL, DbErrors.VENDOR, "mysql mysql+srv google"),
  MARIADB("mariadb", 3306, SqlDialect.MYSQL, DbErrors.VENDOR, "mariadb"),
  SQL_SERVER("microsoft.sql_server", 1433, SqlDialect.SQL_SERVER, DbErrors.VENDOR, "sqlserver"),
  ORACLE("oracle.db", 1521, SqlDialect.ORACLE, DbErrors.ORACLE, "oracle"),
  DB2("ibm.db2", 50000, SqlDialect.STANDARD, DbErrors.VENDOR, "db2 as400 db2j ids"),
  H2("h2database", 9092, SqlDialect.STANDARD, DbErrors.VENDOR, "h2"),
  HSQLDB("hsqldb", 9001, SqlDialect.STANDARD, DbErrors.SQLSTATE, "hsqldb"),
  DERBY("derby", 1527, SqlDialect.STANDARD, DbErrors.SQLSTATE, "derby"),
  SQLITE("sqlite", 0, SqlDialect.SQLITE, DbErrors.VENDOR, "sqlite"),
  CLICKHOUSE("clickhouse", 8123, SqlDialect.ESCAPING, DbErrors.VENDOR, "clickhouse ch"),
  REDSHIFT("aws.redshift", 5439, SqlDialect.ESCAPING, DbErrors.SQLSTATE, "redshift"),
  HANA("sap.hana", 0, SqlDialect.STANDARD, DbErrors.VENDOR, "sap"),
  MAXDB("sap.maxdb", 0, SqlDialect.STANDARD, DbErrors.VENDOR, "sapdb"),
  INFORMIX(
      "ibm.informix", 9088, SqlDialect.UNKNOWN, DbErrors.VENDOR, "informix-sqli informix-direct"),
  NETEZZA("ibm.netezza", 5480, SqlDialect.STANDARD, DbErrors.BOTH, "netezza"),
  INGRES("actian.ingres", 0, SqlDialect.STANDARD, DbErrors.BOTH, "ingres"),
  TRINO("trino", 0, SqlDialect.STANDARD, DbErrors.BOTH, "trino"),
  HIVE("hive", 10000, SqlDialect.HIVE, DbErrors.BOTH, "hive2 hive"),
  TERADATA("teradata", 1025, SqlDialect.STANDARD, DbErrors.VENDOR, "teradata"),
  FIREBIRD("firebirdsql", 3050, SqlDialect.STANDARD, DbErrors.VENDOR, "firebirdsql firebird"),
  COCKROACHDB("cockroachdb", 26257, SqlDialect.POSTGRESQL, DbErrors.SQLSTATE, "cockroachdb"),
  SPANNER("gcp.spanner", 0, SqlDialect.HIVE, DbErrors.BOTH, "cloudspanner"),
  ADABAS("softwareag.adabas", 0, SqlDialect.UNKNOWN, DbErrors.BOTH, "adabasd"),
  INTERSYSTEMS("intersystems.cache", 1972, SqlDialect.UNKNOWN, DbErrors.BOTH, "cache iris"),
  SNOWFLAKE("snowflake", 443, SqlDialect.ESCAPING, DbErrors.BOTH, "snowflake"),
  VERTICA("vertica", 5433, SqlDialect.STANDARD, DbErrors.BOTH, "vertica"),
  DUCKDB("duckdb", 0, SqlDialect.STANDARD, DbErrors.BOTH, "duckdb"),
  EXASOL("exasol", 8563, SqlDialect.STANDARD, DbErrors.BOTH, "exa"),
  SYBASE("sybase", 5000, SqlDialect.UNKNOWN, DbErrors.VENDOR, "sybase"),
  OCEANBASE("oceanbase", 2881, SqlDialect.MYSQL, DbErrors.VENDOR, "oceanbase"),
  SINGLESTORE("singlestore", 3306, SqlDialect.MYSQL, DbErrors.VENDOR, "singlestore"),
  DM("dm", 5236, SqlDialect.UNKNOWN, DbErrors.VENDOR, "dm"),
  KINGBASE("kingbase", 54321, SqlDialect.UNKNOWN, DbErrors.BOTH, "kingbase8 kingbase"),
  OPENGAUSS("opengauss", 5432, SqlDialect.POSTGRESQL, DbErrors.SQLSTATE, "opengauss"),
  YUGABYTEDB("yugabytedb", 5433, SqlDialect.POSTGRESQL, DbErrors.SQLSTATE, "yugabytedb"),
  PRESTO("presto", 0, SqlDialect.STANDARD, DbErrors.BOTH, "presto"),
  DATABRICKS("databricks", 443, SqlDialect.HIVE, DbErrors.BOTH, "databricks spark"),
  IMPALA("impala", 21050, SqlDialect.HIVE, DbErrors.BOTH, "impala"),
  BIGQUERY("gcp.bigquery", 443, SqlDialect.HIVE, DbErrors.BOTH, "bigquery"),
  ATHENA("aws.athena", 443, SqlDialect.STANDARD, DbErrors.BOTH, "awsathena athena"),
  PHOENIX("phoenix", 2181, SqlDialect.STANDARD, DbErrors.BOTH, "phoenix"),
  IGNITE("ignite", 10800, SqlDialect.STANDARD, DbErrors.BOTH, "ignite"),
  CUBRID("cubrid", 33000, SqlDialect.UNKNOWN, DbErrors.VENDOR, "cubrid"),
  MONETDB("monetdb", 50000, SqlDialect.UNKNOWN, DbErrors.BOTH, "monetdb"),
  TIBERO("tibero", 8629, SqlDialect.ORACLE, DbErrors.VENDOR, "tibero"),
  POLARDB("polardb", 1521, SqlDialect.POSTGRESQL, DbErrors.SQLSTATE, "polardb"),
  LINDORM("lindorm", 0, SqlDialect.UNKNOWN, DbErrors.BOTH, "lindorm"),
  OTHER("other_sql", 0, SqlDialect.UNKNOWN, DbErrors.BOTH, "");

  private static final Map<String, DbSystem> BY_SUBPROTOCOL = bySubprotocol();

  private static final Set<DbSystem> COMMENTED =
      EnumSet.of(
          POSTGRESQL,
          COCKROACHDB,
          YUGABYTEDB,
          OPENGAUSS,
          MYSQL,
          MARIADB,
          OCEANBASE,
          SINGLESTORE,
          ORACLE,
          SQL_SERVER,
          DB2,
          H2,
          HSQLDB,
          DERBY,
          SQLITE);

  private static final Set<DbSystem> STANDARD_SETTERS =
      EnumSet.of(POSTGRESQL, COCKROACHDB, MYSQL, MARIADB, H2, HSQLDB, DERBY, SQLITE);

  /** Prefixes of the class names of drivers, for connections whose URL was not seen. */
  private static final Object[][] BY_CLASS = {
    {"org.postgresql.", POSTGRESQL},
    {"com.impossibl.postgres.", POSTGRESQL},
    {"com.mysql.", MYSQL},
    {"org.mariadb.", MARIADB},
    {"com.microsoft.sqlserver.", SQL_SERVER},
    {"net.sourceforge.jtds.", SQL_SERVER},
    {"oracle.jdbc.", ORACLE},
    {"com.ibm.db2.", DB2},
    {"com.ibm.as400.", DB2},
    {"org.h2.", H2},
    {"org.hsqldb.", HSQLDB},
    {"org.apache.derby.", DERBY},
    {"org.sqlite.", SQLITE},
    {"com.clickhouse.", CLICKHOUSE},
    {"ru.yandex.clickhouse.", CLICKHOUSE},
    {"com.amazon.redshift.", REDSHIFT},
    {"com.sap.db.", HANA},
    {"com.informix.", INFORMIX},
    {"org.netezza.", NETEZZA},
    {"io.trino.", TRINO},
    {"org.apache.hive.", HIVE},
    {"com.teradata.", TERADATA},
    {"org.firebirdsql.", FIREBIRD},
    {"com.google.cloud.spanner.", SPANNER},
    {"com.intersystems.", INTERSYSTEMS},
    {"net.snowflake.", SNOWFLAKE},
    {"com.vertica.", VERTICA},
    {"org.duckdb.", DUCKDB},
    {"com.exasol.", EXASOL},
    {"com.sybase.", SYBASE},
    {"com.oceanbase.", OCEANBASE},
    {"dm.jdbc.", DM},
    {"com.aliyun.polardb", POLARDB},
    {"com.aliyun.lindorm.", LINDORM},
  };

  private final String systemName;
  private final int defaultPort;
  private final SqlDialect dialect;
  private final DbErrors errors;
  private final String subprotocols;

  DbSystem(
      String systemName,
      int defaultPort,
      SqlDialect dialect,
      DbErrors errors,
      String subprotocols) {
    this.systemName = systemName;
    this.defaultPort = defaultPort;
    this.dialect = dialect;
    this.errors = errors;
    this.subprotocols = subprotocols;
  }

  /** The system of a subprotocol; {@link #OTHER} if it is not known. */
  public static DbSystem ofSubprotocol(String subprotocol) {
    DbSystem found = BY_SUBPROTOCOL.get(subprotocol.toLowerCase(Locale.ROOT));
    return found == null ? OTHER : found;
  }

  /** The first word of its URLs, behind {@code jdbc:}. */
  public String subprotocol() {
    int space = subprotocols.indexOf(' ');
    return space < 0 ? subprotocols : subprotocols.substring(0, space);
  }

  /** The system of a class of its driver; {@link #OTHER} if it is not known. */
  public static DbSystem ofClass(String className) {
    for (Object[] entry : BY_CLASS) {
      if (className.startsWith((String) entry[0])) {
        return (DbSystem) entry[1];
      }
    }
    return OTHER;
  }

  /** The value of {@code db.system.name}. */
  public String systemName() {
    return systemName;
  }

  /**
   * Whether the drivers set parameters by the methods of JDBC only. Others have methods of their
   * own beside these, as Oracle and SQL Server do.
   */
  public boolean standardSetters() {
    return STANDARD_SETTERS.contains(this);
  }

  /**
   * Whether a comment may follow any statement. In other databases data may follow one: what
   * ClickHouse inserts, for example.
   */
  public boolean takesComments() {
    return COMMENTED.contains(this);
  }

  /** The port that is not worth telling; 0 if there is none. */
  public int defaultPort() {
    return defaultPort;
  }

  public SqlDialect dialect() {
    return dialect;
  }

  public DbErrors errors() {
    return errors;
  }

  private static Map<String, DbSystem> bySubprotocol() {
    Map<String, DbSystem> map = new HashMap<>();
    for (DbSystem system : values()) {
      for (String subprotocol : system.subprotocols.split(" ", -1)) {
        map.put(subprotocol, system);
      }
    }
    return map;
  }
}
