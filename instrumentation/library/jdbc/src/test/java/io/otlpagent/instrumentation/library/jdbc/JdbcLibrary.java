package io.otlpagent.instrumentation.library.jdbc;

import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.testing.server.LibraryClassLoader;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Drivers and pools of some folders of {@code target/libraries}, in a class loader of their own.
 */
final class JdbcLibrary {

  static {
    // Nothing of the libraries is to be logged.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
    System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
    System.setProperty("derby.stream.error.file", "target/derby.log");
  }

  // Of the thread that runs the tests.
  private static boolean withOptions;

  private final String[] folders;
  private final Map<String, DataSource> pools = new HashMap<>();
  private @Nullable ClassLoader plain;
  private @Nullable ClassLoader optional;

  JdbcLibrary(String... folders) {
    WovenJvm.weave();
    this.folders = folders;
  }

  /** Whether what is asked for from now on is woven with every option of JDBC, or with none. */
  static void useOptions(boolean on) {
    withOptions = on;
  }

  private ClassLoader loader() {
    if (withOptions) {
      if (optional == null) {
        optional = new LibraryClassLoader(false, folders);
        WovenJvm.weaveWithOptions(optional);
      }
      return optional;
    }
    if (plain == null) {
      plain = new LibraryClassLoader(false, folders);
    }
    return plain;
  }

  /** Opens a connection through a driver. */
  Connection connect(String driver, String url, String... properties) throws SQLException {
    Properties all = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      all.setProperty(properties[i], properties[i + 1]);
    }
    return ((Driver) create(driver)).connect(url, all);
  }

  /** A data source as {@link #dataSource} makes it; the same one each time. */
  DataSource pool(String className, Object... properties) {
    return pools.computeIfAbsent(
        className + withOptions, name -> dataSource(className, properties));
  }

  /** A data source, with some of its properties set. */
  DataSource dataSource(String className, Object... properties) {
    return (DataSource) bean(className, properties);
  }

  /** An object, with some of its properties set. */
  Object bean(String className, Object... properties) {
    Object bean = create(className);
    for (int i = 0; i < properties.length; i += 2) {
      set(bean, (String) properties[i], properties[i + 1]);
    }
    return bean;
  }

  Class<?> load(String className) {
    try {
      return Class.forName(className, true, loader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object create(String className) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader());
    try {
      return load(className).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static void set(Object bean, String setter, Object value) {
    try {
      for (Method method : bean.getClass().getMethods()) {
        if (method.getName().equals(setter) && method.getParameterCount() == 1) {
          method.invoke(bean, value);
          return;
        }
      }
      throw new IllegalArgumentException(setter);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(setter, e);
    }
  }
}
