package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.semconv.db.DbSystem;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the URL of a connection or the properties of a data source say of a database. Any thread.
 */
public final class JdbcUrls {

  private static final Properties NO_PROPERTIES = new Properties();

  private JdbcUrls() {}

  /** What a JDBC URL and the properties of its connection say. Never throws. */
  public static DbInfo info(@Nullable String url, @Nullable Properties properties) {
    if (url == null) {
      return DbInfo.UNKNOWN;
    }
    try {
      return DbUrl.read(url, properties == null ? NO_PROPERTIES : properties);
    } catch (RuntimeException e) {
      // A URL of no known form, or an application's own Properties; the operation counts still.
      return DbInfo.UNKNOWN;
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
      return DbInfo.UNKNOWN;
    }
    String host = server == null ? "" : "//" + server + (port > 0 ? ":" + port : "");
    String name = database == null ? "" : database;
    String between = system == DbSystem.SQL_SERVER ? ";databaseName=" : server == null ? "" : "/";
    return info(system.subprotocol() + ":" + host + between + name, null);
  }
}
