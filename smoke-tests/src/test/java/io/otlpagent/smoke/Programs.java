package io.otlpagent.smoke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The programs of {@code src/test/programs}, compiled when a test wants to run them. */
final class Programs {

  private static final Path SOURCES = Path.of(System.getProperty("program.sources"));
  private static final Path CLASSES = Path.of(System.getProperty("program.classes"));
  private static final Path SERVERS = Path.of(System.getProperty("server.libraries"));
  private static final Path SHOP = Path.of(System.getProperty("shop.jar"));

  private Programs() {}

  static Path agent() {
    Path agent = Path.of(System.getProperty("otlpagent.jar")).toAbsolutePath().normalize();
    if (!Files.isRegularFile(agent)) {
      throw new IllegalStateException("not built: " + agent);
    }
    return agent;
  }

  static Path shop() {
    return SHOP;
  }

  /** The jars of a server, such as {@code tomcat-9}. */
  static List<Path> server(String name) {
    return jars(SERVERS.resolve(name), "*.jar");
  }

  static List<Path> h2() {
    return jars(SHOP.resolveSibling("lib"), "h2-*.jar");
  }

  /** H2 and Derby, of versions that run on Java 8. */
  static List<Path> databases() {
    return jars(SERVERS.resolve("databases"), "*.jar");
  }

  /**
   * Compiles a folder of sources and returns its class path.
   *
   * @param release the oldest Java that the program is for
   * @param classPath what the program uses; servlets of Java EE if {@code javax} is wanted
   */
  static String compile(
      String folder, String as, int release, boolean javax, List<Path> classPath) {
    try {
      Path sources = copy(folder, as, javax);
      Path common = SOURCES.resolve(folder).resolveSibling("common");
      if (Files.isDirectory(common)) {
        copy(SOURCES.relativize(common).toString(), as, javax);
      }
      Path classes = Files.createDirectories(CLASSES.resolve(as));
      String path = join(classPath);
      List<String> arguments =
          new ArrayList<>(List.of("-nowarn", "-Xlint:-options", "-d", classes.toString()));
      arguments.addAll(List.of("--release", Integer.toString(release), "-cp", path));
      sources(sources).forEach(source -> arguments.add(source.toString()));
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(new String[0]));
      if (result != 0) {
        throw new IllegalStateException("does not compile: " + folder + " " + classPath);
      }
      return path.isEmpty() ? classes.toString() : classes + java.io.File.pathSeparator + path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copy(String folder, String as, boolean javax) throws IOException {
    Path target = Files.createDirectories(CLASSES.resolve("sources").resolve(as));
    for (Path source : sources(SOURCES.resolve(folder))) {
      String text = Files.readString(source);
      Path copy = target.resolve(SOURCES.resolve(folder).relativize(source).toString());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, javax ? text.replace("jakarta.servlet", "javax.servlet") : text);
    }
    return target;
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<Path> jars(Path folder, String pattern) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      files.forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jars.sort(null);
    return jars;
  }

  private static String join(List<Path> paths) {
    return paths.stream()
        .map(Path::toString)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }
}
