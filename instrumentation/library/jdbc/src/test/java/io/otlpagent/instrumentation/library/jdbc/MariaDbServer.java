package io.otlpagent.instrumentation.library.jdbc;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real MariaDB on an ephemeral port, one for the test JVM, which ends with it. */
final class MariaDbServer {

  private static final Path HOME = Paths.get("target", "mariadb-server").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static int port;
  private static @Nullable String failure;

  private MariaDbServer() {}

  /** The port; skips the test where MariaDB does not start. */
  static synchronized int port() {
    if (port == 0 && failure == null) {
      try {
        unpack();
        port = start();
      } catch (Exception e) {
        failure = e.toString();
      }
    }
    Assumptions.assumeTrue(failure == null, "no MariaDB on this machine: " + failure);
    return port;
  }

  private static void unpack() throws IOException {
    Path complete = HOME.resolve("complete");
    if (Files.exists(complete)) {
      return;
    }
    Path jar;
    try (Stream<Path> jars = Files.list(Paths.get("target", "libraries", "mariadb-server"))) {
      jar = jars.findFirst().orElseThrow();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        int root = entry.getName().indexOf("/linux/");
        if (root >= 0 && !entry.isDirectory()) {
          Path to = HOME.resolve(entry.getName().substring(root + "/linux/".length()));
          Files.createDirectories(to.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
          }
          boolean program = to.getParent().endsWith("bin") || to.getParent().endsWith("scripts");
          to.toFile().setExecutable(program);
        }
      }
    }
    Files.createFile(complete);
  }

  private static int start() throws IOException, InterruptedException {
    // Short, because the name of a socket is limited.
    Path data = Files.createTempDirectory("mariadb");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data.toFile())));
    List<String> common = new ArrayList<>();
    common.add("--no-defaults");
    common.add("--basedir=" + HOME);
    common.add("--datadir=" + data.resolve("data"));
    common.add("--user=" + System.getProperty("user.name"));
    Process install =
        run(data, common, "scripts/mariadb-install-db", "--auth-root-authentication-method=normal");
    if (!install.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
      install.destroy();
      throw new IOException("mariadb-install-db: " + Files.readString(data.resolve("log")));
    }
    int port = freePort();
    Process server =
        run(
            data,
            common,
            "bin/mariadbd",
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + data.resolve("socket"));
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    await().atMost(PATIENCE).until(() -> !server.isAlive() || accepts(port));
    if (!server.isAlive()) {
      throw new IOException("mariadbd: " + Files.readString(data.resolve("log")));
    }
    return port;
  }

  private static Process run(Path data, List<String> common, String program, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve(program).toString());
    command.addAll(common);
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolve("log").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(File file) {
    File[] children = file.listFiles();
    if (children != null) {
      for (File child : children) {
        delete(child);
      }
    }
    file.delete();
  }
}
