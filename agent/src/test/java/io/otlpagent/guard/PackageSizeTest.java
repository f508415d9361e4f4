package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A package is a room: what does not fit wants a room of its own. */
final class PackageSizeTest {

  private static final int MOST_FILES = 25;
  private static final int MOST_LINES = 2500;

  @Test
  void packageHasAtMost25FilesAnd2500Lines() {
    Map<Path, List<Path>> packages =
        Repository.mainFiles().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));

    assertThat(packages).isNotEmpty();
    assertThat(packages)
        .allSatisfy(
            (name, files) -> {
              assertThat(files).as("files of %s", name).hasSizeLessThanOrEqualTo(MOST_FILES);
              assertThat(files.stream().mapToInt(file -> Repository.lines(file).size()).sum())
                  .as("lines of %s", name)
                  .isLessThanOrEqualTo(MOST_LINES);
            });
  }
}
