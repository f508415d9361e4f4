package io.otlpagent.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The checkout that the tests run in. */
final class Repository {

  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

  private Repository() {}

  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.isDirectory(directory.resolve(".mvn"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
    }
    return directory;
  }

  static List<Path> files(String suffix) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root(),
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return NOT_OURS.contains(path.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (path.toString().endsWith(suffix)) {
                found.add(path);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** What is delivered, or runs in the build's programs: all that is no test. */
  static List<Path> mainFiles() {
    return files(".java").stream().filter(Repository::isMain).toList();
  }

  /** Tests, and the programs and benchmarks of tests. */
  static List<Path> testFiles() {
    return files(".java").stream().filter(file -> !isMain(file)).toList();
  }

  /** The module {@code testing} is test code that other modules share. */
  private static boolean isMain(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/main/") && !path.contains("/testing/src/main/");
  }

  static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
