package io.otlpagent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentClassLoaderTest {

  private static final String OBJECT = "java/lang/Object.class";
  private static final String OWN = "io/otlpagent/Aa";

  /** Another name with the same hash code. */
  private static final String FOREIGN = "jP/otlpagent/Aa";

  @TempDir private Path folder;

  @Test
  void resourcesOfTheJdkAreFound() throws Exception {
    try (JarFile jar = jar()) {
      AgentClassLoader loader = AgentClassLoader.open(jar);

      assertThat(loader.getResource(OBJECT)).isNotNull();
      assertThat(Collections.list(loader.getResources(OBJECT))).isNotEmpty();
      try (InputStream in = loader.getResourceAsStream(OBJECT)) {
        assertThat(in).isNotNull();
      }
    }
  }

  @Test
  void ownResourceHasBytesAndAUrl() throws Exception {
    byte[] bytes = {1, 2, 3};
    try (JarFile jar = jar()) {
      AgentClassLoader loader = AgentClassLoader.open(jar);

      assertThat(loader.getResourceAsStream(OWN)).hasBinaryContent(bytes);
      assertThat(loader.getResource(OWN).openStream()).hasBinaryContent(bytes);
      assertThat(loader.getResource(OWN)).hasToString("otlp-agent:/io/otlpagent/Aa");
      assertThat(Collections.list(loader.getResources(OWN)))
          .singleElement()
          .satisfies(url -> assertThat(url.openStream()).hasBinaryContent(bytes));
    }
  }

  @Test
  void nameWithTheHashCodeOfAnotherIsNotTakenForIt() throws Exception {
    assertThat(FOREIGN.hashCode()).isEqualTo(OWN.hashCode());
    try (JarFile jar = jar()) {
      assertThat(AgentClassLoader.open(jar).getResourceAsStream(FOREIGN)).isNull();
      assertThat(AgentClassLoader.open(jar).getResource(FOREIGN)).isNull();
    }
  }

  @Test
  void resourcesOfTheApplicationAreNotFound() throws Exception {
    String application = "io/otlpagent/bootstrap/AgentClassLoaderTest.class";
    try (JarFile jar = jar()) {
      AgentClassLoader loader = AgentClassLoader.open(jar);

      assertThat(loader.getResource(application)).isNull();
      assertThat(loader.getResourceAsStream(application)).isNull();
    }
  }

  /** An agent's jar with one resource. */
  private JarFile jar() throws IOException {
    Path file = folder.resolve("agent.jar");
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(new byte[] {1, 2, 3});
    deflater.finish();
    byte[] packed = new byte[100];
    int length = deflater.deflate(packed);
    deflater.end();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(AgentJar.CLASSES));
      DataOutputStream out = new DataOutputStream(zip);
      out.writeInt(AgentClassLoader.MAGIC);
      out.writeInt(1);
      out.writeInt(OWN.hashCode());
      out.writeInt(0);
      out.writeInt(length);
      out.writeInt(3);
      out.write(packed, 0, length);
      out.flush();
      zip.closeEntry();
    }
    return new JarFile(file.toFile());
  }
}
