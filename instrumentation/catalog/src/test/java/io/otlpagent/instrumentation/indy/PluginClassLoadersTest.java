package io.otlpagent.instrumentation.indy;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.library.executors.DropAdvice;
import io.otlpagent.instrumentation.library.servletjavax.ServletJavaxModule;
import io.otlpagent.instrumentation.util.LibraryPlugin;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.servlet.AsyncListener;
import org.junit.jupiter.api.Test;

/** Class loaders of applications that are not as loaders should be. */
final class PluginClassLoadersTest {

  private static final ClassLoader TESTS = PluginClassLoadersTest.class.getClassLoader();

  private final PluginClassLoaders plugins =
      new PluginClassLoaders(TESTS, Map.of(), (packages, plugin) -> {});

  @Test
  void loaderThatIsEqualToTheOneBeforeItHasItsOwnPlugin() throws Exception {
    Class<?> before = load(new EqualLoader());
    Class<?> redeployed = load(new EqualLoader());

    assertThat(redeployed).isNotSameAs(before);
    assertThat(load(null)).isNotIn(before, redeployed);
  }

  @Test
  void loaderIsNotAskedForItsHashCode() throws Exception {
    assertThat(load(new FailingLoader())).isNotNull();
  }

  @Test
  void loaderIsAskedForSupertypesUnderNoLock() throws Exception {
    // Each thread waits for the other inside the application's loader.
    CyclicBarrier both = new CyclicBarrier(2);
    ClassLoader application =
        new ClassLoader(TESTS) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("javax.servlet.AsyncListener")) {
              meet(both);
            }
            return super.loadClass(name, resolve);
          }
        };
    String plugin = ServletJavaxModule.class.getPackageName();
    ClassLoader loader = new PluginClassLoader(plugins, TESTS, application, plugin);

    CompletableFuture<Class<?>> one = loading(loader, plugin + ".JavaxCompletionListener");
    CompletableFuture<Class<?>> other = loading(loader, plugin + ".JavaxCompletionListener");

    assertThat(one.get(60, TimeUnit.SECONDS)).isSameAs(other.get(60, TimeUnit.SECONDS));
  }

  @Test
  void pluginFindsThatOfTheLoaderOfTheApi() throws Exception {
    ClassLoader application = new ClassLoader(TESTS) {};
    String name = "JavaxCompletionSource";
    Class<?> own = plugins.load(application, ServletJavaxModule.class.getPackageName(), name);

    Class<?> ofApi =
        ((LibraryPlugin) own.getClassLoader()).besideDefinerOf(AsyncListener.class, name);

    assertThat(ofApi.getName()).isEqualTo(own.getName());
    assertThat(ofApi).isNotSameAs(own);
    assertThat(ofApi)
        .isSameAs(plugins.load(TESTS, ServletJavaxModule.class.getPackageName(), name));
  }

  /** Other agents look for the types that a class names as resources of its loader. */
  @Test
  void resourcesOfTheApplicationAreFound() throws Exception {
    URL jar = new URL("file:/application.jar");
    ClassLoader application =
        new ClassLoader(null) {
          @Override
          protected URL findResource(String name) {
            return name.equals("acme/Pool.class") ? jar : null;
          }
        };
    ClassLoader loader = new PluginClassLoader(plugins, TESTS, application, "plugin");

    assertThat(loader.getResource("acme/Pool.class")).isSameAs(jar);
    assertThat(loader.getResource("java/lang/Object.class")).isNotNull();
    assertThat(loader.getResource("acme/Other.class")).isNull();
    assertThat(new PluginClassLoader(plugins, TESTS, null, "plugin").getResource("acme/Pool.class"))
        .isNull();
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<Class<?>> loading(ClassLoader loader, String name) {
    CompletableFuture<Class<?>> loaded = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                loaded.complete(loader.loadClass(name));
              } catch (Throwable e) {
                loaded.completeExceptionally(e);
              }
            })
        .start();
    return loaded;
  }

  private Class<?> load(ClassLoader loader) throws ClassNotFoundException {
    return plugins.load(
        loader, DropAdvice.class.getPackageName(), DropAdvice.class.getSimpleName());
  }

  /** As application servers have it that compare loaders by the application's name. */
  static final class EqualLoader extends ClassLoader {

    EqualLoader() {
      super(TESTS);
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof EqualLoader;
    }
  }

  /** Is of no use as a key, and not printable. */
  static final class FailingLoader extends ClassLoader {

    FailingLoader() {
      super(TESTS);
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("hashCode");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("equals");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString");
    }
  }
}
