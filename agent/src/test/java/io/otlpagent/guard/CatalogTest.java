package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the agent = the modules of the sources = the rows of README = what has tests. */
final class CatalogTest {

  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\|.*");

  private final List<InstrumentationModule> modules = InstrumentationModules.all();

  @Test
  void readmeHasARowForEachName() {
    assertThat(rows()).containsExactlyInAnyOrderElementsOf(groups());
  }

  @Test
  void everyModuleOfTheSourcesIsInTheTable() {
    Set<String> packages =
        Repository.files("Module.java").stream()
            .filter(file -> slashed(file).contains("/instrumentation/library/"))
            .filter(file -> slashed(file).contains("/src/main/"))
            .map(file -> file.getParent().getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> options = Set.of("jdbc.query_parameters", "jdbc.transactions");
    assertThat(InstrumentationModules.woven(options))
        .extracting(module -> lastPart(module.plugin()))
        .containsAll(packages);
  }

  @Test
  void everyNameHasTests() {
    Set<String> tested =
        Repository.files("Test.java").stream()
            .filter(file -> slashed(file).contains("/src/test/java/"))
            .map(file -> file.getParent().getFileName().toString())
            .collect(Collectors.toSet());

    assertThat(groups())
        .allSatisfy(
            group ->
                assertThat(modules)
                    .as("tests in a package of %s", group)
                    .filteredOn(module -> module.group().equals(group))
                    .anyMatch(module -> tested.contains(lastPart(module.plugin()))));
  }

  private Set<String> groups() {
    return modules.stream()
        .map(InstrumentationModule::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> rows() {
    Set<String> rows = new TreeSet<>();
    boolean inside = false;
    for (String line : Repository.lines(Repository.root().resolve("README.md"))) {
      inside = line.startsWith("## ") ? line.equals("## Supported libraries") : inside;
      Matcher row = ROW.matcher(line);
      if (inside && row.matches()) {
        rows.add(row.group(1));
      }
    }
    return rows;
  }

  private static String lastPart(String plugin) {
    return plugin.substring(plugin.lastIndexOf('.') + 1);
  }

  private static String slashed(Path file) {
    return file.toString().replace('\\', '/');
  }
}
