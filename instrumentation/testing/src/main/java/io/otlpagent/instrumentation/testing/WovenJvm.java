package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.indy.Dispatcher;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.indy.PluginClassLoaders;
import io.otlpagent.instrumentation.transform.AgentTransformer;
import io.otlpagent.instrumentation.transform.ExcludedTypes;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * The JVM of the tests, woven once with every module of the class path: with no option, but for the
 * class loaders that a test names.
 */
public final class WovenJvm {

  private static boolean woven;
  private static Supplier<Class<?>[]> loadedClasses;
  private static AgentTransformer installed;
  private static OldCallSites oldCallSites;
  private static AgentTransformer installedWithOptions;

  // Loaders whose classes are woven with every option; the rest of the JVM is woven with none.
  private static final Map<ClassLoader, Boolean> WITH_OPTIONS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private WovenJvm() {}

  /** Weaves this JVM with all modules; only the first call does. */
  public static synchronized void weave() {
    if (woven) {
      return;
    }
    woven = true;
    try {
      Instrumentation instrumentation = ByteBuddyAgent.install();
      ClassLoader agent = WovenJvm.class.getClassLoader();
      List<InstrumentationModule> all = modules();
      loadedClasses = instrumentation::getAllLoadedClasses;
      Map<String, List<String>> opens = new HashMap<>();
      for (InstrumentationModule module : all) {
        opens.put(module.plugin(), module.opens());
      }
      Dispatcher.define(instrumentation, agent);
      AdviceLinker linker =
          new AdviceLinker(
              new PluginClassLoaders(agent, opens, Dispatcher.opener(instrumentation)));
      oldCallSites = new OldCallSites(linker);
      Dispatcher.connect(linker, oldCallSites);
      List<InstrumentationModule> modules =
          all.stream().filter(module -> module.option().isEmpty()).toList();
      installed = new AgentTransformer(modules, agent, oldCallSites);
      installed.install(only(instrumentation, loader -> !WITH_OPTIONS.containsKey(loader)));
      installedWithOptions =
          new AgentTransformer(all, options(all), agent, oldCallSites, ExcludedTypes.NONE);
      only(instrumentation, WITH_OPTIONS::containsKey).addTransformer(installedWithOptions, true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every module of the class path: of the family under test, and of those that it tests with. */
  public static List<InstrumentationModule> modules() {
    return ServiceLoader.load(InstrumentationModule.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Everything that somebody can ask for. */
  private static Set<String> options(List<InstrumentationModule> modules) {
    Set<String> options = new HashSet<>();
    for (InstrumentationModule module : modules) {
      options.add(module.option());
      for (TypeInstrumentation type : module.types()) {
        type.methods().forEach(method -> options.add(method.option()));
      }
    }
    return options;
  }

  /** From now on the classes of a loader are woven as if every option were on. */
  public static void weaveWithOptions(ClassLoader loader) {
    weave();
    WITH_OPTIONS.put(loader, true);
  }

  /** The JVM as seen by a transformer that is to see the classes of some loaders only. */
  private static Instrumentation only(
      Instrumentation instrumentation, Predicate<ClassLoader> loaders) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            WovenJvm.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addTransformer")) {
                instrumentation.addTransformer(
                    only((ClassFileTransformer) arguments[0], loaders), true);
                return null;
              }
              return method.invoke(instrumentation, arguments);
            });
  }

  private static ClassFileTransformer only(
      ClassFileTransformer transformer, Predicate<ClassLoader> loaders) {
    return new ClassFileTransformer() {
      @Override
      public byte[] transform(
          ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes)
          throws IllegalClassFormatException {
        return loaders.test(loader)
            ? transformer.transform(loader, name, type, domain, bytes)
            : null;
      }
    };
  }

  /** The table that the dispatcher of this JVM calls. */
  public static OldCallSites oldCallSites() {
    return oldCallSites;
  }

  /** The last failure of each transformer that could not weave a class, since the beginning. */
  static List<String> failures() {
    return Stream.of(installed, installedWithOptions)
        .map(AgentTransformer::counts)
        .filter(counts -> counts.classesFailed() > 0)
        .map(counts -> String.valueOf(counts.lastFailure()))
        .toList();
  }

  /** The rules for loaded classes that have no such method. */
  static Set<String> unmatchedRules() {
    return UnmatchedRules.of(modules(), loadedClasses.get());
  }
}
