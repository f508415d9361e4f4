package io.otlpagent.instrumentation.semconv;

import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which database a connection leads to, and where that is, as its URL says. Immutable; one instance
 * for each database as long as these are not too many.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database client calls</a>
 */
public final class DbInfo {

  /** Nothing is known. */
  public static final DbInfo UNKNOWN = new DbInfo(DbSystem.OTHER, null, null, -1);

  private static final int MAX_INTERNED = 1000;
  private static final ConcurrentHashMap<DbInfo, DbInfo> INTERNED = new ConcurrentHashMap<>();
  private static final Properties NO_PROPERTIES = new Properties();

  private final DbSystem system;
  private final @Nullable String namespace;
  private final @Nullable String serverAddress;
  private final int serverPort;

  DbInfo(
      DbSystem system, @Nullable String namespace, @Nullable String serverAddress, int serverPort) {
    this.system = system;
    this.namespace = namespace;
    this.serverAddress = serverAddress;
    this.serverPort = serverPort;
  }

  /** What a JDBC URL and the properties of its connection say. Never throws. */
  public static DbInfo of(@Nullable String url, @Nullable Properties properties) {
    if (url == null) {
      return UNKNOWN;
    }
    try {
      return interned(DbUrl.read(url, properties == null ? NO_PROPERTIES : properties));
    } catch (RuntimeException e) {
      // A URL of no known form, or an application's own Properties; the operation counts still.
      return UNKNOWN;
    }
  }

  /**
   * What the properties of a driver's data source say, where it has no URL.
   *
   * @param port not positive if it is not known
   */
  public static DbInfo ofDataSource(
      Class<?> type, @Nullable String database, @Nullable String server, int port) {
    DbSystem system = DbSystem.ofClass(type.getName());
    if (system == DbSystem.OTHER || (database == null && server == null)) {
      return UNKNOWN;
    }
    String host = server == null ? "" : "//" + server + (port > 0 ? ":" + port : "");
    String name = database == null ? "" : database;
    String between = system == DbSystem.SQL_SERVER ? ";databaseName=" : server == null ? "" : "/";
    return of(system.subprotocol() + ":" + host + between + name, null);
  }

  /** What the class of a connection or a statement says. */
  public static DbInfo ofClass(Class<?> type) {
    DbSystem system = DbSystem.ofClass(type.getName());
    return system == DbSystem.OTHER ? UNKNOWN : interned(new DbInfo(system, null, null, -1));
  }

  private static DbInfo interned(DbInfo info) {
    DbInfo found = INTERNED.get(info);
    if (found == null && INTERNED.size() < MAX_INTERNED) {
      found = INTERNED.putIfAbsent(info, info);
    }
    return found == null ? info : found;
  }

  /** Whether it is known which system this is. */
  public boolean known() {
    return system != DbSystem.OTHER;
  }

  /** The same database server, at another namespace; null if that is not known. */
  DbInfo in(@Nullable String other) {
    return Objects.equals(namespace, other)
        ? this
        : interned(new DbInfo(system, other, serverAddress, serverPort));
  }

  /** The system alone. */
  DbInfo systemOnly() {
    return located() ? interned(new DbInfo(system, null, null, -1)) : this;
  }

  /** Whether more is known than the system, which may be only what a class name says. */
  boolean located() {
    return namespace != null || serverAddress != null;
  }

  /** The value of {@code db.system.name}. */
  public String systemName() {
    return system.systemName();
  }

  /** The value of {@code db.namespace}; null if it is not known. */
  public @Nullable String namespace() {
    return namespace;
  }

  /** The value of {@code server.address}; null if it is not known or there is no server. */
  public @Nullable String serverAddress() {
    return serverAddress;
  }

  /** The value of {@code server.port}; -1 if it is the default one or not known. */
  public int serverPort() {
    return serverPort;
  }

  /** The port of the server, also if it is the default one; 0 if it is not known. */
  int port() {
    return serverPort >= 0 ? serverPort : system.defaultPort();
  }

  DbSystem system() {
    return system;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof DbInfo)) {
      return false;
    }
    DbInfo that = (DbInfo) other;
    return system == that.system
        && serverPort == that.serverPort
        && Objects.equals(namespace, that.namespace)
        && Objects.equals(serverAddress, that.serverAddress);
  }

  @Override
  public int hashCode() {
    int hash = 31 * system.systemName().hashCode() + serverPort;
    return 31 * (31 * hash + Objects.hashCode(namespace)) + Objects.hashCode(serverAddress);
  }

  @Override
  public String toString() {
    return systemName() + " " + namespace + " at " + serverAddress + ":" + serverPort;
  }
}
