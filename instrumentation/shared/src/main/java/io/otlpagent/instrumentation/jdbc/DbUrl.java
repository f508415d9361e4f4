package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbSystem;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the URL of a JDBC connection, and the properties that go with it: which database, where.
 * Never asks the network or the driver. Used once, by one thread.
 */
final class DbUrl {

  private static final String[] WRAPPERS = {
    "otel", "tracing", "p6spy", "aws-wrapper", "aws-dsql", "tc", "log4jdbc", "datadog", "spy"
  };

  /** Of drivers for many systems: the name of the system comes next. */
  private static final List<String> VENDORS =
      Arrays.asList("jtds", "microsoft", "datadirect", "tibcosoftware", "weblogic", "bea");

  private static final String SECRETS_MANAGER = "jdbc-secretsmanager:";

  private final DbSystem system;
  private final Properties properties;

  /** What follows the subprotocol and its colon. */
  private final String rest;

  private @Nullable String host;
  private int port = -1;
  private @Nullable String namespace;

  private DbUrl(DbSystem system, String rest, Properties properties) {
    this.system = system;
    this.rest = rest;
    this.properties = properties;
  }

  /** What the URL says; {@link DbInfo#UNKNOWN} if it cannot be read. */
  static DbInfo read(String url, Properties properties) {
    String text = withoutWrappers(url.trim());
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return DbInfo.UNKNOWN;
    }
    String subprotocol = text.substring(0, colon);
    String rest = text.substring(colon + 1);
    if (VENDORS.contains(subprotocol)) {
      int next = rest.indexOf(':');
      subprotocol = rest.substring(0, Math.max(0, next));
      rest = rest.substring(next + 1);
    }
    DbUrl reader = new DbUrl(DbSystem.ofSubprotocol(subprotocol), rest, properties);
    reader.read();
    return reader.info();
  }

  private static String withoutWrappers(String url) {
    String text = url;
    if (text.regionMatches(true, 0, SECRETS_MANAGER, 0, SECRETS_MANAGER.length())) {
      return text.substring(SECRETS_MANAGER.length());
    }
    if (text.regionMatches(true, 0, "jdbc:", 0, 5)) {
      text = text.substring(5);
    }
    for (int i = 0; i < WRAPPERS.length; i++) {
      String wrapper = WRAPPERS[i];
      if (text.startsWith(wrapper) && text.startsWith(":", wrapper.length())) {
        // One may wrap another, and some keep the jdbc: of what they wrap.
        return withoutWrappers(text.substring(wrapper.length() + 1));
      }
    }
    return text;
  }

  private DbInfo info() {
    int toldPort = port == system.defaultPort() ? -1 : port;
    return DbInfo.of(system, namespace, host, host == null ? -1 : toldPort);
  }

  private void read() {
    switch (system) {
      case ORACLE:
      case TIBERO:
        readOracle();
        break;
      case SQL_SERVER:
        readSqlServer();
        break;
      case H2:
      case HSQLDB:
      case DERBY:
      case SQLITE:
      case DUCKDB:
        readEmbeddable();
        break;
      default:
        readNetwork();
    }
  }

  private void readNetwork() {
    int slashes = rest.indexOf("//");
    if (rest.startsWith("https://", slashes + 2) || rest.startsWith("http://", slashes + 2)) {
      slashes = rest.indexOf("//", slashes + 2);
    }
    int authority = slashes + 2;
    if (slashes < 0) {
      authority = rest.startsWith("Tds:") ? 4 : 0;
    }
    if (slashes < 0 && system != DbSystem.SYBASE && system != DbSystem.EXASOL) {
      namespace = emptyToNull(path(rest, 0));
      host = system == DbSystem.POSTGRESQL ? "localhost" : null;
    } else {
      // A password may have a slash in it; it must not be taken for the name of the database.
      int at = rest.substring(0, DbHost.endOfPath(rest, authority)).lastIndexOf('@');
      authority = Math.max(authority, at + 1);
      int end = DbHost.endOfAuthority(rest, authority);
      setHost(rest.substring(authority, end));
      namespace = end < rest.length() && rest.charAt(end) == '/' ? path(rest, end + 1) : null;
    }
    refine();
  }

  /** What the systems of the common form do in their own way. */
  private void refine() {
    namespace = emptyToNull(namespace);
    switch (system) {
      case POSTGRESQL:
      case REDSHIFT:
      case COCKROACHDB:
      case OPENGAUSS:
      case YUGABYTEDB:
      case POLARDB:
        refinePostgres();
        break;
      case MYSQL:
      case MARIADB:
        host = host == null ? "localhost" : host;
        namespace = namespace == null ? parameter("databaseName") : namespace;
        break;
      case LINDORM:
        namespace = parameter("database");
        break;
      case SNOWFLAKE:
        namespace = join(parameter("db"), parameter("schema"));
        break;
      case TRINO:
      case PRESTO:
        namespace = namespace == null ? null : namespace.replace('/', '|');
        break;
      case TERADATA:
        refineTeradata();
        break;
      case SPANNER:
      case FIREBIRD:
        namespace = lastPart(namespace);
        break;
      case EXASOL:
        namespace = parameter("schema");
        break;
      default:
        namespace = namespace == null ? parameter("databaseName") : namespace;
    }
  }

  private void refinePostgres() {
    host = host == null ? "localhost" : host;
    String schema = parameter("currentSchema");
    namespace = namespace == null ? firstParameter("databaseName", "user") : namespace;
    namespace = join(namespace, schema == null ? null : schema.split(",", 2)[0].trim());
  }

  private void refineTeradata() {
    namespace = DbHost.parameter(rest, "DATABASE");
    port = DbHost.port(DbHost.parameter(rest, "DBS_PORT"));
  }

  private void readSqlServer() {
    int authority = rest.startsWith("//") ? 2 : 0;
    int end = DbHost.endOfAuthority(rest, authority);
    String server = rest.substring(authority, end);
    String instance = null;
    int backslash = server.indexOf('\\');
    if (backslash >= 0) {
      int colon = server.indexOf(':', backslash);
      instance = server.substring(backslash + 1, colon < 0 ? server.length() : colon);
      server = server.substring(0, backslash) + (colon < 0 ? "" : server.substring(colon));
    }
    setHost(server);
    host = host == null ? firstParameter("serverName", "server") : host;
    port = port < 0 ? DbHost.port(firstParameter("portNumber", "port")) : port;
    instance = instance == null ? firstParameter("instanceName", "instance") : instance;
    String database = firstParameter("databaseName", "database");
    if (database == null && end < rest.length() && rest.charAt(end) == '/') {
      database = path(rest, end + 1);
    }
    namespace = join(instance, emptyToNull(database));
  }

  /**
   * The name of the service is no namespace: that is DB_UNIQUE_NAME, which the URL does not say.
   */
  private void readOracle() {
    int description = rest.indexOf("@(");
    int at = description >= 0 ? description : rest.lastIndexOf('@');
    String address = rest.substring(at + 1).trim();
    if (address.startsWith("(")) {
      host = DbHost.parameter(address, "HOST");
      port = DbHost.port(DbHost.parameter(address, "PORT"));
      return;
    }
    int slashes = address.indexOf("//");
    boolean noUser = at < 0 && address.startsWith("//");
    boolean directory = address.startsWith("ldap");
    boolean alias = slashes < 0 && address.indexOf(':') < 0 && address.indexOf('/') < 0;
    if ((at >= 0 || noUser) && !directory && !alias) {
      String server = slashes < 0 ? address : address.substring(slashes + 2);
      setHost(server.substring(0, DbHost.endOfAuthority(server, 0)));
    }
  }

  private void readEmbeddable() {
    int slashes = rest.indexOf("//");
    String scheme = slashes < 0 ? "" : rest.substring(0, slashes);
    boolean server =
        scheme.equals("tcp:")
            || scheme.equals("ssl:")
            || scheme.startsWith("hsql")
            || scheme.startsWith("http")
            || (slashes == 0 && system == DbSystem.DERBY);
    String name = rest;
    if (server) {
      int end = DbHost.endOfAuthority(rest, slashes + 2);
      setHost(rest.substring(slashes + 2, end));
      name = rest.substring(Math.min(rest.length(), end + 1));
    }
    if (system == DbSystem.SQLITE && name.equals(":memory:")) {
      namespace = name;
      return;
    }
    namespace = lastPart(path(name, 0));
    if (namespace == null && system == DbSystem.DERBY) {
      namespace = parameter("databaseName");
    }
  }

  private void setHost(String authority) {
    String first = DbHost.first(authority);
    host = emptyToNull(DbHost.name(first));
    port = DbHost.port(DbHost.portText(first));
  }

  /** A path without the parameters behind it. */
  private String path(String text, int start) {
    int end = DbHost.endOfPath(text, start);
    int colon = text.indexOf(':', start);
    boolean colonEnds = system == DbSystem.DB2 || system == DbSystem.INFORMIX;
    return text.substring(start, colonEnds && colon >= 0 ? Math.min(colon, end) : end);
  }

  private @Nullable String firstParameter(String name, String otherName) {
    String value = parameter(name);
    return value == null ? parameter(otherName) : value;
  }

  private @Nullable String parameter(String name) {
    String value = DbHost.parameter(rest, name);
    return value == null ? emptyToNull(properties.getProperty(name)) : value;
  }

  /** The name of a database that is a file. */
  private static @Nullable String lastPart(@Nullable String path) {
    if (path == null) {
      return null;
    }
    int end = path.length();
    int start = end;
    while (start > 0 && "/\\:".indexOf(path.charAt(start - 1)) < 0) {
      start--;
    }
    return emptyToNull(path.substring(start, end));
  }

  private static @Nullable String join(@Nullable String general, @Nullable String specific) {
    String first = emptyToNull(general);
    String second = emptyToNull(specific);
    return first == null ? second : second == null ? first : first + "|" + second;
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
