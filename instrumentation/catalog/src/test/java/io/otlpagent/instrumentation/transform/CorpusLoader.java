package io.otlpagent.instrumentation.transform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Loads the classes of jars without what they depend on: a type that is missing is made up, so that
 * the JVM's verifier can judge each class that uses it.
 */
final class CorpusLoader extends ClassLoader {

  private final Map<String, byte[]> classFiles;
  private final Set<String> superclasses;
  private final BiFunction<String, byte[], byte[]> change;

  private CorpusLoader(
      Map<String, byte[]> classFiles,
      Set<String> superclasses,
      BiFunction<String, byte[], byte[]> change) {
    super(getPlatformClassLoader());
    this.classFiles = classFiles;
    this.superclasses = superclasses;
    this.change = change;
  }

  static CorpusLoader of(List<Path> jars) throws IOException {
    Map<String, byte[]> classFiles = new TreeMap<>();
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
          JarEntry entry = all.nextElement();
          String name = entry.getName();
          if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("-")) {
            byte[] bytes = file.getInputStream(entry).readAllBytes();
            classFiles.put(name.substring(0, name.length() - 6).replace('/', '.'), bytes);
          }
        }
      }
    }
    Set<String> superclasses = new HashSet<>();
    for (byte[] bytes : classFiles.values()) {
      try {
        superclasses.add(String.valueOf(new ClassReader(bytes).getSuperName()));
      } catch (RuntimeException e) {
        // Not a class file, whatever its name: nothing will be able to load it.
        superclasses.remove("");
      }
    }
    return new CorpusLoader(classFiles, superclasses, (name, bytes) -> bytes);
  }

  /** The same classes, some of them changed. */
  CorpusLoader changed(BiFunction<String, byte[], byte[]> change) {
    return new CorpusLoader(classFiles, superclasses, change);
  }

  List<String> names() {
    return new ArrayList<>(classFiles.keySet());
  }

  byte[] classFile(String name) {
    return classFiles.get(name);
  }

  @Override
  protected Class<?> findClass(String name) {
    byte[] bytes = classFiles.get(name);
    bytes = bytes == null ? madeUp(name.replace('.', '/')) : change.apply(name, bytes);
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** The verifier takes an interface for anything; only superclasses and throwables have to fit. */
  private byte[] madeUp(String name) {
    ClassWriter writer = new ClassWriter(0);
    boolean throwable = name.matches(".*(Exception|Error|Throwable|Failure|Fault)");
    if (throwable || superclasses.contains(name)) {
      String parent = throwable ? "java/lang/RuntimeException" : "java/lang/Object";
      writer.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC, name, null, parent, null);
    } else {
      int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
      writer.visit(Opcodes.V1_6, access, name, null, "java/lang/Object", null);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }
}
