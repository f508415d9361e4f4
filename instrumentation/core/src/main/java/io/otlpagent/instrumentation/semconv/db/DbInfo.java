package io.otlpagent.instrumentation.semconv.db;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which database a connection leads to, and where that is. Immutable; one instance for each
 * database as long as these are not too many.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic
 *     conventions for database client calls</a>
 */
public final class DbInfo {

  /** Nothing is known. */
  public static final DbInfo UNKNOWN = new DbInfo(DbSystem.OTHER, null, null, -1);

  private static final int MAX_INTERNED = 1000;
  private static final ConcurrentHashMap<DbInfo, DbInfo> INTERNED = new ConcurrentHashMap<>();

  private final DbSystem system;
  private final @Nullable String namespace;
  private final @Nullable String serverAddress;
  private final int serverPort;

  private DbInfo(
      DbSystem system, @Nullable String namespace, @Nullable String serverAddress, int serverPort) {
    this.system = system;
    this.namespace = namespace;
    this.serverAddress = serverAddress;
    this.serverPort = serverPort;
  }

  /**
   * A database, the same instance each time.
   *
   * @param serverPort -1 if it is the default one or not known
   */
  public static DbInfo of(
      DbSystem system, @Nullable String namespace, @Nullable String serverAddress, int serverPort) {
    return interned(new DbInfo(system, namespace, serverAddress, serverPort));
  }

  /** What the class of a connection or a statement says. */
  public static DbInfo ofClass(Class<?> type) {
    DbSystem system = DbSystem.ofClass(type.getName());
    return system == DbSystem.OTHER ? UNKNOWN : of(system, null, null, -1);
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
    return Objects.equals(namespace, other) ? this : of(system, other, serverAddress, serverPort);
  }

  /** The system alone. */
  DbInfo systemOnly() {
    return located() ? of(system, null, null, -1) : this;
  }

  /** Whether more is known than the system, which may be only what a class name says. */
  public boolean located() {
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

  public DbSystem system() {
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
