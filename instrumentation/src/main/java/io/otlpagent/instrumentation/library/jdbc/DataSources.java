package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.semconv.DbInfo;
import io.otlpagent.instrumentation.util.WeakMap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a data source for its URL, where it has a bean property of that kind: once for each data
 * source, when a connection does not tell where it leads. Any thread.
 */
final class DataSources {

  private static final String[] GETTERS = {"getJdbcUrl", "getUrl", "getURL"};
  private static final WeakMap<DataSource, DbInfo> INFOS = new WeakMap<>(64);

  private DataSources() {}

  static DbInfo info(DataSource dataSource) {
    DbInfo known = INFOS.get(dataSource);
    if (known == null) {
      // At once: the getter might open a connection.
      INFOS.put(dataSource, DbInfo.UNKNOWN);
      known = DbInfo.of(url(dataSource), null);
      INFOS.put(dataSource, known);
    }
    return known;
  }

  private static @Nullable String url(DataSource dataSource) {
    for (String getter : GETTERS) {
      try {
        Method method = dataSource.getClass().getMethod(getter);
        Object url = method.getReturnType() == String.class ? method.invoke(dataSource) : null;
        if (url != null) {
          return (String) url;
        }
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        // No such property, or one that is not for us: the statements will tell.
      }
    }
    return null;
  }
}
