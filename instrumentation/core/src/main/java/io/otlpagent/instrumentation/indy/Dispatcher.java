package io.otlpagent.instrumentation.indy;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;

/**
 * Puts the dispatcher into {@code java.lang} and connects it. Runs once, at start.
 *
 * <p>{@code Instrumentation.appendToBootstrapClassLoaderSearch} would do it in one line, but it
 * makes the JVM drop the user's class data sharing archive (JDK 25) or warn about it (JDK 17).
 */
public final class Dispatcher {

  private static final String NAME = "java.lang.OtlpAgentDispatcher";

  private Dispatcher() {}

  /** Whether an agent of this kind has been here before. */
  public static boolean present() {
    try {
      Class.forName(NAME, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Defines the dispatcher.
   *
   * @param agent the loader that has the dispatcher's class file as a resource
   */
  public static void define(Instrumentation instrumentation, ClassLoader agent) throws Exception {
    byte[] bytes = PluginClasses.read(agent, NAME);
    if (bytes == null) {
      throw new ClassNotFoundException(NAME);
    }
    if (javaHasModules()) {
      jdkModules().defineInJavaLang(instrumentation, bytes);
    } else {
      defineWithUnsafe(bytes);
    }
  }

  /** Connects the dispatcher, which must have been defined. */
  public static void connect(AdviceLinker linker, OldCallSites oldCallSites) throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle link =
        lookup
            .findVirtual(
                AdviceLinker.class,
                "link",
                MethodType.methodType(
                    CallSite.class,
                    MethodHandles.Lookup.class,
                    String.class,
                    MethodType.class,
                    String.class,
                    String.class,
                    String.class))
            .bindTo(linker);
    MethodHandle call =
        lookup
            .findVirtual(
                OldCallSites.class,
                "call",
                MethodType.methodType(Object.class, int.class, Object[].class))
            .bindTo(oldCallSites);
    OtlpAgentDispatcher.install(link, call);
  }

  /** The options that this JVM was started with; empty before Java 9. */
  public static List<String> jvmOptions(Instrumentation instrumentation) throws Exception {
    return javaHasModules()
        ? jdkModules().jvmOptions(instrumentation)
        : Collections.<String>emptyList();
  }

  /** Opens packages of the JDK to plugins on a JVM that has modules. */
  public static PluginClassLoaders.ModuleOpener opener(Instrumentation instrumentation)
      throws Exception {
    JdkModules modules = javaHasModules() ? jdkModules() : null;
    return new PluginClassLoaders.ModuleOpener() {
      @Override
      public void open(List<String> packages, ClassLoader plugin) {
        if (modules != null) {
          modules.open(instrumentation, packages, plugin);
        }
      }
    };
  }

  private static boolean javaHasModules() {
    return !System.getProperty("java.specification.version", "").startsWith("1.");
  }

  private static JdkModules jdkModules() throws Exception {
    String name = Dispatcher.class.getName().replace("Dispatcher", "Java11Modules");
    return Class.forName(name).asSubclass(JdkModules.class).getDeclaredConstructor().newInstance();
  }

  private static void defineWithUnsafe(byte[] bytes) throws Exception {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Method define =
        type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            java.security.ProtectionDomain.class);
    define.invoke(field.get(null), NAME, bytes, 0, bytes.length, null, null);
  }
}
