package io.otlpagent.bootstrap;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** Finds the file that the agent was started from. */
final class AgentJar {

  /** The entry that holds the agent's classes; only our own jar has it. */
  static final String CLASSES = "otlp-agent.classes";

  /** Set if the bootstrap loader has our classes, which then do not know where they come from. */
  private static @Nullable File told;

  private AgentJar() {}

  /** Called before {@link #find()}, on its thread. */
  static void is(File file) {
    told = file;
  }

  /**
   * Opens the agent's jar. It stays open as long as the JVM lives.
   *
   * @throws IOException if it cannot be read, is on the boot class path, or is another jar that
   *     contains our classes
   */
  static JarFile find() throws IOException {
    File file = told == null ? ofCodeSource() : told;
    JarFile jar = new JarFile(file, false);
    ZipEntry classes = jar.getEntry(CLASSES);
    if (classes == null || classes.getMethod() != ZipEntry.STORED) {
      jar.close();
      throw new IOException(
          file + " is not otlp-agent.jar but a jar built from it; use the released file as it is");
    }
    return jar;
  }

  private static File ofCodeSource() throws IOException {
    if (AgentPremain.class.getClassLoader() == null) {
      throw new IOException(
          "otlp-agent.jar is on the boot class path, where it hides the agent's own copy: remove it"
              + " from -Xbootclasspath/a; -javaagent is all that is needed");
    }
    CodeSource source = AgentPremain.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IOException("the JVM does not tell where otlp-agent.jar is");
    }
    try {
      return new File(source.getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException(source.getLocation() + " is not a local file", e);
    }
  }
}
