import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Copies the libraries that tests load, as a file of versions lists them: on each line the name of
 * a folder and the artifacts that go into it, as {@code group:artifact:version}. Lines with the
 * same name add up; what follows a {@code #} is a comment.
 *
 * <p>Artifacts come from the local Maven repository. Those that it lacks are fetched by one run of
 * Maven before.
 */
final class CopyLibraries {

  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  private final Path repository;

  private CopyLibraries(Path repository) {
    this.repository = repository;
  }

  /**
   * Arguments: the file, the folder of folders, the local repository, Maven's home, offline=true or
   * false.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (!Files.exists(Path.of(args[0]))) {
      // Not every module tests with libraries.
      return;
    }
    Map<String, List<String>> folders = read(Path.of(args[0]));
    Path target = Path.of(args[1]);
    CopyLibraries libraries = new CopyLibraries(Path.of(args[2]));
    Set<String> missing = libraries.missing(folders);
    if (!missing.isEmpty()) {
      libraries.fetch(missing, target, Path.of(args[3]), args[4].equals("offline=true"));
    }
    libraries.copy(folders, target);
  }

  private static Map<String, List<String>> read(Path file) throws IOException {
    Map<String, List<String>> folders = new TreeMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String[] words = line.replaceFirst("#.*", "").trim().split("\\s+");
      if (words[0].isEmpty()) {
        continue;
      }
      List<String> artifacts = folders.computeIfAbsent(words[0], folder -> new ArrayList<>());
      for (int i = 1; i < words.length; i++) {
        if (!words[i].matches("[^:/\\\\]+:[^:/\\\\]+:[^:/\\\\]+")) {
          fail(file + ":" + number + ": " + words[i] + " is no group:artifact:version");
        }
        artifacts.add(words[i]);
      }
    }
    return folders;
  }

  private Set<String> missing(Map<String, List<String>> folders) {
    Set<String> missing = new TreeSet<>();
    for (List<String> artifacts : folders.values()) {
      for (String artifact : artifacts) {
        if (!Files.isRegularFile(jar(artifact))) {
          missing.add(artifact);
        }
      }
    }
    return missing;
  }

  /** Where the local repository has an artifact. */
  private Path jar(String artifact) {
    String[] parts = artifact.split(":");
    return repository
        .resolve(parts[0].replace('.', '/'))
        .resolve(parts[1])
        .resolve(parts[2])
        .resolve(parts[1] + "-" + parts[2] + ".jar");
  }

  private void fetch(Set<String> artifacts, Path target, Path maven, boolean offline)
      throws IOException, InterruptedException {
    if (offline) {
      fail("offline, and not in " + repository + ": " + String.join(" ", artifacts));
    }
    Path folder = Files.createDirectories(target.resolveSibling("fetched"));
    Path pom = folder.resolve("pom.xml");
    Files.writeString(pom, pom(artifacts, folder));
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Process process =
        new ProcessBuilder(
                maven.resolve(windows ? "bin/mvn.cmd" : "bin/mvn").toString(),
                "-B",
                "-q",
                "-ntp",
                "-Dmaven.repo.local=" + repository,
                "-f",
                pom.toString(),
                COPY)
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      fail("Maven could not fetch " + String.join(" ", artifacts));
    }
  }

  private static String pom(Set<String> artifacts, Path folder) {
    StringBuilder pom = new StringBuilder();
    pom.append("<project><modelVersion>4.0.0</modelVersion><groupId>io.otlpagent</groupId>");
    pom.append("<artifactId>fetched</artifactId><version>1</version><packaging>pom</packaging>");
    pom.append("<build><plugins><plugin><artifactId>maven-dependency-plugin</artifactId>");
    pom.append("<configuration><artifactItems>");
    int number = 0;
    for (String artifact : artifacts) {
      String[] parts = artifact.split(":");
      pom.append("<artifactItem><groupId>").append(parts[0]).append("</groupId><artifactId>");
      pom.append(parts[1]).append("</artifactId><version>").append(parts[2]).append("</version>");
      // A folder for each: two versions of one artifact may have the same file name.
      Path own = folder.resolve(String.valueOf(number++)).toAbsolutePath();
      pom.append("<outputDirectory>").append(own).append("</outputDirectory></artifactItem>");
    }
    pom.append("</artifactItems></configuration></plugin></plugins></build></project>");
    return pom.toString();
  }

  private void copy(Map<String, List<String>> folders, Path target) throws IOException {
    for (Map.Entry<String, List<String>> entry : folders.entrySet()) {
      Path folder = Files.createDirectories(target.resolve(entry.getKey()));
      Set<Path> wanted = new TreeSet<>();
      for (String artifact : entry.getValue()) {
        Path jar = jar(artifact);
        Path copied = folder.resolve(jar.getFileName());
        wanted.add(copied);
        if (!Files.exists(copied) || Files.size(copied) != Files.size(jar)) {
          Files.copy(jar, copied, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      try (Stream<Path> there = Files.list(folder)) {
        for (Path file : (Iterable<Path>) there.filter(f -> !wanted.contains(f))::iterator) {
          // Of another version, from a build before.
          Files.delete(file);
        }
      }
    }
  }

  private static void fail(String reason) {
    throw new IllegalStateException(reason);
  }
}
