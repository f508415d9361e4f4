package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.library.InstrumentationModules;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.core.SpringVersion;

/** What a class costs that no rule matches: all of Spring's core, beans and Boot, in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PrefilterBenchmark {

  private record ClassFile(String name, byte[] bytes) {}

  private final ClassLoader loader = PrefilterBenchmark.class.getClassLoader();
  // Nothing is woven: no call site is ever asked for.
  private final AgentTransformer transformer =
      new AgentTransformer(InstrumentationModules.all(), loader, null);
  private final List<ClassFile> classes = new ArrayList<>();
  private int next;

  @Setup
  public void read() throws IOException, URISyntaxException {
    for (Class<?> one : List.of(SpringVersion.class, BeanFactory.class, SpringApplication.class)) {
      try (JarFile jar = new JarFile(jarOf(one).toFile())) {
        Enumeration<JarEntry> entries = jar.entries();
        while (entries.hasMoreElements()) {
          read(jar, entries.nextElement());
        }
      }
    }
  }

  @Benchmark
  public byte[] classThatNothingMatches() {
    ClassFile file = classes.get(next);
    next = next + 1 == classes.size() ? 0 : next + 1;
    return transformer.transform(loader, file.name(), null, null, file.bytes());
  }

  private void read(JarFile jar, JarEntry entry) throws IOException {
    String path = entry.getName();
    if (!path.endsWith(".class") || path.startsWith("META-INF")) {
      return;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      String name = path.substring(0, path.length() - ".class".length());
      ClassFile file = new ClassFile(name, in.readAllBytes());
      if (transformer.transform(loader, name, null, null, file.bytes()) == null) {
        classes.add(file);
      }
    }
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
