package io.otlpagent.instrumentation.jdbc;

import io.otlpagent.instrumentation.semconv.db.DbInfo;
import io.otlpagent.instrumentation.util.DerivedTypes;
import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Asks a data source for its URL, where it has a bean property of that kind: once for each data
 * source, when a connection does not tell where it leads. Any thread.
 */
public final class DataSources {

  /** What Mockito gives to the bootstrap loader before it makes mocks in place. */
  private static final String IN_PLACE =
      "org.mockito.internal.creation.bytebuddy.inject.MockMethodDispatcher";

  private static final String[] GETTERS = {"getJdbcUrl", "getUrl", "getURL"};
  private static final WeakMap<Object, DbInfo> INFOS = new WeakMap<>(64);

  private DataSources() {}

  /**
   * Where a data source leads.
   *
   * @param connection what it has just opened: a mock, which counts the calls it gets, opens none
   *     of its own kind
   */
  public static DbInfo info(Object dataSource, Object connection) {
    DbInfo known = INFOS.get(dataSource);
    if (known != null) {
      return known;
    }
    if (!isOfSameKind(dataSource, connection) || maySpy(dataSource)) {
      return DbInfo.UNKNOWN;
    }
    // At once: the getter might open a connection.
    INFOS.put(dataSource, DbInfo.UNKNOWN);
    known = read(dataSource);
    INFOS.put(dataSource, known);
    return known;
  }

  /**
   * Whether it may be a test's that does all that a real one does, and counts the calls it gets.
   * One that is made in place has no class of its own to be told by.
   */
  private static boolean maySpy(Object dataSource) {
    if (DerivedTypes.isDerived(dataSource.getClass().getName())) {
      return true;
    }
    try {
      return Class.forName(IN_PLACE, false, null) != null;
    } catch (ClassNotFoundException | SecurityException e) {
      return false;
    }
  }

  /** Whether both are of one library, by the first two words of their names. */
  private static boolean isOfSameKind(Object dataSource, Object connection) {
    Class<?> made = connection.getClass();
    if (Proxy.isProxyClass(made)) {
      made = Proxy.getInvocationHandler(connection).getClass();
    }
    String name = made.getName();
    int end = name.indexOf('.', name.indexOf('.') + 1) + 1;
    for (Class<?> type = dataSource.getClass(); type != null; type = type.getSuperclass()) {
      if (type != Object.class && type.getName().regionMatches(0, name, 0, end)) {
        return true;
      }
    }
    return false;
  }

  private static DbInfo read(Object dataSource) {
    String database = (String) property(dataSource, "getDatabaseName", String.class);
    String server = (String) property(dataSource, "getServerName", String.class);
    Integer port = (Integer) property(dataSource, "getPortNumber", int.class);
    for (String getter : GETTERS) {
      String url = (String) property(dataSource, getter, String.class);
      if (url != null) {
        Properties properties = new Properties();
        put(properties, "databaseName", database);
        put(properties, "serverName", server);
        put(properties, "portNumber", port == null ? null : port.toString());
        return JdbcUrls.info(url, properties);
      }
    }
    return JdbcUrls.ofDataSource(dataSource.getClass(), database, server, port == null ? 0 : port);
  }

  private static void put(Properties properties, String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
  }

  private static @Nullable Object property(Object dataSource, String getter, Class<?> type) {
    try {
      Method method = dataSource.getClass().getMethod(getter);
      return method.getReturnType() == type ? method.invoke(dataSource) : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // No such property, or one that is not for us: the statements will tell.
      return null;
    }
  }
}
