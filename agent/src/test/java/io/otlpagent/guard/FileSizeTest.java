package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FileSizeTest {

  private static final int LONGEST = 300;
  private static final int LONGEST_TEST = 500;

  /** Tests that are still longer. Only ever shrinks: what has been divided is taken out. */
  private static final Set<String> STILL_LONGER =
      Set.of("HttpServerInstrumenterTest.java", "JdbcOptionsContract.java");

  @Test
  void mainFileHasAtMost300Lines() {
    List<Path> files = Repository.mainFiles();

    assertThat(files).isNotEmpty();
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(Repository.lines(file))
                    .as("%s wants to be two files", file)
                    .hasSizeLessThanOrEqualTo(LONGEST));
  }

  @Test
  void testFileHasAtMost500Lines() {
    List<Path> files = Repository.testFiles();

    assertThat(files).isNotEmpty();
    assertThat(files)
        .filteredOn(file -> Repository.lines(file).size() > LONGEST_TEST)
        .extracting(file -> file.getFileName().toString())
        .as("test files of more than %s lines", LONGEST_TEST)
        .containsExactlyInAnyOrderElementsOf(STILL_LONGER);
  }
}
