package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.fixture.LooksLikeStatement;
import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.testing.OldClassFiles;
import io.otlpagent.instrumentation.testing.RecordedSpan;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import io.otlpagent.instrumentation.testing.WovenJvm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is woven in class loaders that nothing may be asked of. */
final class ForeignLoaderTest {

  private static final String DERBY = "target/libraries/derby-10.14/derby-10.14.2.0.jar";
  private static final int JAVA_5 = 49;

  @RegisterExtension final SpanRecorder spans = new SpanRecorder();

  @Test
  void driverOfALoaderThatAnswersNothingIsTraced() throws Exception {
    System.setProperty("derby.stream.error.file", "target/derby.log");
    try (JarFile jar = new JarFile(new File(DERBY))) {
      SilentLoader loader = new SilentLoader(jar);
      Driver driver =
          (Driver)
              loader
                  .loadClass("org.apache.derby.jdbc.EmbeddedDriver")
                  .getDeclaredConstructor()
                  .newInstance();

      // No class of this driver names the interfaces of JDBC itself.
      try (Connection connection =
              driver.connect("jdbc:derby:memory:foreign;create=true", new Properties());
          Statement statement = connection.createStatement()) {
        statement.execute("VALUES 1");
      }

      RecordedSpan span = spans.takeOne();
      assertThat(span.attributes()).containsEntry("db.query.text", "VALUES ?");
      assertThat(loader.asked).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, JAVA_5})
  void classThatOnlyLooksLikeAStatementIsLeftAlone(int version) throws Exception {
    Object lookalike = lookalike(version);

    Object result =
        lookalike.getClass().getMethod("executeUpdate", String.class).invoke(lookalike, "SELECT 1");

    assertThat(result).isEqualTo("SELECT 1".length());
  }

  /** Woven so that a statement's text would be replaced, in a class file of that version. */
  private static Object lookalike(int version) throws Exception {
    ClassLoader tests = ForeignLoaderTest.class.getClassLoader();
    String name = LooksLikeStatement.class.getName();
    byte[] bytes = PluginClasses.read(tests, name);
    byte[] classFile = version == 0 ? bytes : OldClassFiles.downgrade(bytes, version);
    ClassLoader loader =
        new ClassLoader(tests) {
          @Override
          protected Class<?> loadClass(String type, boolean resolve) throws ClassNotFoundException {
            return type.equals(name)
                ? defineClass(type, classFile, 0, classFile.length)
                : super.loadClass(type, resolve);
          }
        };
    WovenJvm.weaveWithOptions(loader);
    return loader.loadClass(name).getDeclaredConstructor().newInstance();
  }

  /** Has the classes of a jar, and remembers who asks for a class file. */
  private static final class SilentLoader extends ClassLoader {

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final JarFile jar;

    SilentLoader(JarFile jar) {
      super(ClassLoader.getPlatformClassLoader());
      this.jar = jar;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = read(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) {
      ZipEntry entry = jar.getEntry(name);
      if (entry == null) {
        return null;
      }
      try (InputStream in = jar.getInputStream(entry)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      note(name);
      byte[] bytes = name.endsWith(".class") ? null : read(name);
      return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public URL getResource(String name) {
      note(name);
      if (name.endsWith(".class") || jar.getEntry(name) == null) {
        return null;
      }
      try {
        return new URL("jar:" + new File(jar.getName()).toURI() + "!/" + name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      URL url = getResource(name);
      return Collections.enumeration(url == null ? List.of() : List.of(url));
    }

    private void note(String name) {
      if (name.endsWith(".class")) {
        asked.add(name);
      }
    }
  }
}
