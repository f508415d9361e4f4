package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileSizeTest {

  private static final int LONGEST = 300;

  @Test
  void mainFileHasAtMost300Lines() {
    List<Path> files =
        Repository.files(".java").stream()
            .filter(file -> file.toString().replace('\\', '/').contains("/src/main/"))
            .toList();

    assertThat(files).isNotEmpty();
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(Repository.lines(file))
                    .as("%s wants to be two files", file)
                    .hasSizeLessThanOrEqualTo(LONGEST));
  }
}
