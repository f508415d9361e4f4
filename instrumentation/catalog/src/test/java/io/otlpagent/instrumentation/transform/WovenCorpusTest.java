package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.indy.PluginClassLoaders;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.transform.classfile.Prefilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever class of many drivers, pools, servers and clients the JVM's verifier accepts, it accepts
 * woven. The jars are in {@code target/libraries/corpus}, and those of other tests in folders of
 * {@code target/libraries} of the families; what they depend on is made up.
 */
final class WovenCorpusTest {

  private static final ClassLoader AGENT = WovenCorpusTest.class.getClassLoader();

  private static final Set<String> OPTIONS =
      Set.of("jdbc.query_parameters", "jdbc.transactions", "jdbc.sqlcommenter");

  private static final List<RuleSet> RULES =
      List.of(
          new RuleSet(InstrumentationModules.all(), Set.of(), AGENT),
          new RuleSet(InstrumentationModules.all(OPTIONS), OPTIONS, AGENT));

  // How many woven classes the JVM was shown. Tests run one after the other.
  private static int verified;

  private final Weaver weaver =
      new AsmWeaver(
          new OldCallSites(
              new AdviceLinker(new PluginClassLoaders(AGENT, Map.of(), (packages, plugin) -> {}))));

  private record Jars(String name, List<Path> files) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void wovenClassesVerify(Jars jars) throws IOException {
    CorpusLoader plain = CorpusLoader.of(jars.files());
    List<Class<?>> candidates = candidates(plain);

    for (RuleSet rules : RULES) {
      Map<String, List<WovenMethod>> methods = new TreeMap<>();
      for (Class<?> type : candidates) {
        List<WovenMethod> found = match(rules, plain, type);
        if (!found.isEmpty()) {
          methods.put(type.getName(), found);
        }
      }
      assertThat(broken(plain, methods)).isEmpty();
    }
  }

  @AfterAll
  static void somethingWasVerified() {
    assertThat(verified).isGreaterThan(1_400);
  }

  /** Classes that may be woven, except for those that no application can load either. */
  private static List<Class<?>> candidates(CorpusLoader plain) {
    Prefilter prefilter = new Prefilter();
    Set<String> named = new HashSet<>();
    for (InstrumentationModule module : InstrumentationModules.all(OPTIONS)) {
      for (TypeInstrumentation type : module.types()) {
        for (MethodAdvice method : type.methods()) {
          if (!type.hierarchy()) {
            named.add(type.typeName());
          } else if (!method.isCompanion()) {
            prefilter.add(method.method(), method.descriptor());
          }
        }
      }
    }
    List<Class<?>> candidates = new ArrayList<>();
    for (String name : plain.names()) {
      if (named.contains(name) || prefilter.candidates(plain.classFile(name)).length > 0) {
        Class<?> type = link(name, plain);
        if (type != null) {
          candidates.add(type);
        }
      }
    }
    return candidates;
  }

  private static List<WovenMethod> match(RuleSet rules, CorpusLoader plain, Class<?> type) {
    String name = type.getName();
    return rules.match(plain, name.replace('.', '/'), type, plain.classFile(name));
  }

  /** What the JVM refuses once it is woven, or what is not woven, with the reason. */
  private Map<String, String> broken(CorpusLoader plain, Map<String, List<WovenMethod>> methods) {
    Map<String, String> broken = new TreeMap<>();
    CorpusLoader woven =
        plain.changed((name, bytes) -> woven(name, bytes, methods.get(name), broken));
    for (String name : methods.keySet()) {
      try {
        verify(name, woven);
        verified++;
      } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
        broken.put(name, e.toString());
      }
    }
    return broken;
  }

  private byte[] woven(
      String name, byte[] bytes, List<WovenMethod> methods, Map<String, String> broken) {
    if (methods == null) {
      return bytes;
    }
    List<UnweavableMethodException> unwoven = new ArrayList<>();
    byte[] woven = weaver.weave(null, bytes, methods, unwoven);
    unwoven.forEach(e -> broken.put(name, e.getMessage()));
    return woven == null ? bytes : woven;
  }

  /** Null if the JVM refuses the class. */
  private static Class<?> link(String name, ClassLoader loader) {
    try {
      return verify(name, loader);
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      return null;
    }
  }

  /** Links a class by looking up its members, which verifies it and does not initialize it. */
  private static Class<?> verify(String name, ClassLoader loader) throws ClassNotFoundException {
    Class<?> type = Class.forName(name, false, loader);
    assertThat(type.getDeclaredFields()).isNotNull();
    return type;
  }

  private static List<Jars> jars() throws IOException {
    List<Jars> all = new ArrayList<>();
    for (Path jar : list(Path.of("target/libraries/corpus"))) {
      all.add(new Jars(jar.getFileName().toString(), List.of(jar)));
    }
    for (Path family : list(Path.of("../library"))) {
      Path libraries = family.resolve("target/libraries");
      if (Files.isDirectory(libraries)) {
        for (Path folder : list(libraries)) {
          all.add(new Jars(folder.getFileName().toString(), list(folder)));
        }
      }
    }
    return all;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
