package io.otlpagent.instrumentation.indy;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Only loaders of the agent gain access to the JDK, never the application. */
final class Java11Modules implements JdkModules {

  @Override
  public void defineInJavaLang(Instrumentation instrumentation, byte[] bytes) throws Exception {
    Module agent = Java11Modules.class.getModule();
    open(instrumentation, Object.class.getModule(), Map.of("java.lang", Set.of(agent)));
    MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(bytes);
  }

  @Override
  public void open(Instrumentation instrumentation, List<String> packages, ClassLoader reader) {
    Set<Module> readers = Set.of(reader.getUnnamedModule());
    for (String entry : packages) {
      int slash = entry.indexOf('/');
      Optional<Module> module = ModuleLayer.boot().findModule(entry.substring(0, slash));
      String name = entry.substring(slash + 1);
      if (module.isPresent() && module.get().getPackages().contains(name)) {
        Map<String, Set<Module>> opens = new HashMap<>();
        opens.put(name, readers);
        open(instrumentation, module.get(), opens);
      }
    }
  }

  @Override
  public List<String> jvmOptions(Instrumentation instrumentation) throws Exception {
    open(
        instrumentation,
        List.of("java.base/jdk.internal.misc"),
        Java11Modules.class.getClassLoader());
    Object options =
        Class.forName("jdk.internal.misc.VM").getMethod("getRuntimeArguments").invoke(null);
    return options == null ? List.of() : List.of((String[]) options);
  }

  private static void open(
      Instrumentation instrumentation, Module module, Map<String, Set<Module>> opens) {
    instrumentation.redefineModule(
        module,
        Collections.emptySet(),
        opens,
        opens,
        Collections.emptySet(),
        Collections.emptyMap());
  }
}
