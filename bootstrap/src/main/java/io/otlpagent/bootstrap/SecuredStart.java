package io.otlpagent.bootstrap;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The start in a JVM that has a {@code SecurityManager} before the agent (Java 8 to 23). The policy
 * grants the agent's jar nothing but to be read, so that the agent starts once more from the
 * bootstrap loader, whose classes have all permissions. Only then: it costs the class archive.
 */
final class SecuredStart {

  private SecuredStart() {}

  static void run(
      @Nullable String arguments,
      Instrumentation instrumentation,
      @Nullable Thread launcher,
      long startNanos)
      throws Exception {
    File file = jar();
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file, false));
    // Not loaded before: the system loader asks the bootstrap loader first, which has it now.
    PrivilegedStart.run(file, arguments, instrumentation, launcher, startNanos);
  }

  /** By the address of a class, since the code source is not ours to see. */
  private static File jar() throws IOException {
    URL own = SecuredStart.class.getResource("SecuredStart.class");
    String address = own == null ? "" : own.getPath();
    int end = address.indexOf("!/");
    try {
      return new File(new URI(address.substring(0, Math.max(0, end))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("the JVM does not tell where otlp-agent.jar is", e);
    }
  }
}
