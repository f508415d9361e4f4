package io.otlpagent.instrumentation.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * Holds the jars of some folders of {@code target/libraries} and the fixtures, before all else. Of
 * a fixture it can change the names of the servlet API.
 */
public final class LibraryClassLoader extends URLClassLoader {

  private static final String AGENT = "io.otlpagent.";
  private static final String FIXTURES = "io.otlpagent.fixture.";

  private final boolean jakarta;

  /**
   * @param jakarta whether the libraries have the new names
   */
  public LibraryClassLoader(boolean jakarta, String... folders) {
    super(jars(folders), LibraryClassLoader.class.getClassLoader());
    this.jakarta = jakarta;
  }

  private static URL[] jars(String[] folders) {
    List<URL> urls = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(Paths.get("target", "libraries", folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          urls.add(file.toUri().toURL());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return urls.toArray(new URL[0]);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (name.startsWith(FIXTURES)) {
        return fixture(name);
      }
      if (name.startsWith("java.") || name.startsWith(AGENT)) {
        return super.loadClass(name, resolve);
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  private Class<?> fixture(String name) throws ClassNotFoundException {
    byte[] bytes = bytesOfFixture(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** The class file of a fixture, with the names of the servlet API that the libraries have. */
  byte[] bytesOfFixture(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return jakarta ? renamed(bytes) : bytes;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static byte[] renamed(byte[] bytes) {
    ClassWriter writer = new ClassWriter(0);
    Remapper names =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            return internalName.startsWith("javax/servlet/")
                ? "jakarta" + internalName.substring("javax".length())
                : internalName;
          }
        };
    new ClassReader(bytes).accept(new ClassRemapper(writer, names), 0);
    return writer.toByteArray();
  }
}
