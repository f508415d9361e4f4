package io.otlpagent.instrumentation.library.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.SpanRecorder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mock of a pool gets the calls of the test and no other, or its verification would fail. */
final class MockedDataSourceTest {

  private static final JdbcLibrary LIBRARY = new JdbcLibrary("hikari-7.0");

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  private final List<String> calls = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari.HikariDataSource$MockitoMock$1",
        "com.zaxxer.hikari.HikariDataSource$$EnhancerByCGLIB$$1",
        "com.acme.StubbedPool",
      })
  void mockIsNotCalled(String name) throws Exception {
    Class<?> pool = LIBRARY.load("com.zaxxer.hikari.HikariDataSource");
    InvocationHandler mock =
        (proxy, method, arguments) -> {
          calls.add(method.getName());
          return method.getReturnType() == Connection.class ? connection() : null;
        };
    DataSource mocked =
        (DataSource)
            new ByteBuddy()
                .subclass(pool)
                .name(name)
                .method(ElementMatchers.named("getConnection").or(ElementMatchers.isGetter()))
                .intercept(InvocationHandlerAdapter.of(mock))
                .make()
                .load(pool.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded()
                .getDeclaredConstructor()
                .newInstance();

    mocked.getConnection().close();

    assertThat(calls).containsExactly("getConnection");
  }

  private static Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            MockedDataSourceTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> null);
  }
}
