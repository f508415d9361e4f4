package io.otlpagent.instrumentation.transform;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether a type has another above it without loading a class of the application: it reads
 * the headers of class files, once each for a loader. Thread-safe; asked only for the few classes
 * that the prefilter lets through.
 */
final class TypeHierarchy {

  private static final String[] UNKNOWN = {};
  private static final int MAX_DEPTH = 64;

  /** Supertypes by internal name, by loader. A racing reader at worst reads a file again. */
  private final Map<ClassLoader, Map<String, String[]>> cache =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Whether the class file's type extends or implements {@code target}, directly or not. */
  boolean isSubtype(ClassHeader type, ClassLoader loader, String target) {
    return anyReaches(supertypes(type), loader, target, 0);
  }

  /** The same for a class that is loaded. */
  static boolean isSubtype(Class<?> type, String target) {
    Class<?> superclass = type.getSuperclass();
    if (superclass != null
        && (superclass.getName().equals(target) || isSubtype(superclass, target))) {
      return true;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (each.getName().equals(target) || isSubtype(each, target)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyReaches(String[] names, ClassLoader loader, String target, int depth) {
    for (String name : names) {
      if (name.equals(target) || reaches(name, loader, target, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean reaches(String name, ClassLoader loader, String target, int depth) {
    if (name.equals("java/lang/Object") || depth > MAX_DEPTH) {
      return false;
    }
    if (name.startsWith("java/") || name.startsWith("javax/sql/")) {
      return ofJdk(name, target);
    }
    Map<String, String[]> ofLoader = cache.get(loader);
    if (ofLoader == null) {
      ofLoader = new ConcurrentHashMap<>();
      cache.put(loader, ofLoader);
    }
    String[] above = ofLoader.get(name);
    if (above == null) {
      above = read(name, loader);
      ofLoader.put(name, above);
    }
    return anyReaches(above, loader, target, depth);
  }

  /** A type of the JDK may be loaded without anybody noticing. */
  private static boolean ofJdk(String name, String target) {
    if (!target.startsWith("java")) {
      return false;
    }
    try {
      ClassLoader loader = TypeHierarchy.class.getClassLoader();
      return isSubtype(
          Class.forName(name.replace('/', '.'), false, loader), target.replace('/', '.'));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String[] read(String name, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      ClassHeader header = in == null ? null : ClassHeader.read(readAll(in));
      return header == null ? UNKNOWN : supertypes(header);
    } catch (IOException | RuntimeException | LinkageError e) {
      // An application's loader may do anything; a type that we cannot read matches no rule.
      return UNKNOWN;
    }
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
      bytes.write(buffer, 0, n);
    }
    return bytes.toByteArray();
  }

  private static String[] supertypes(ClassHeader header) {
    String[] interfaces = header.interfaceNames();
    @Nullable String superName = header.superName();
    if (superName == null || superName.equals("java/lang/Object")) {
      return interfaces;
    }
    String[] all = new String[interfaces.length + 1];
    all[0] = superName;
    System.arraycopy(interfaces, 0, all, 1, interfaces.length);
    return all;
  }
}
