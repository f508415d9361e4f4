package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.util.TreeScanner;
import io.otlpagent.agent.config.AllKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What operators read uses the words of the field: those of CONTRIBUTING.md. */
final class WordsTest {

  private static final Pattern UNUSUAL =
      Pattern.compile(
          "\\b(tell|tells|told|telling|anew|stands?|beside|whoever|of (its|their) own)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Names in addition to those that are always allowed: unset is none. */
  private static final List<String> ADDITIONS = List.of("server.allowed_hosts");

  @Test
  void textsOfTheAgentUseTheWordsOfTheField() throws IOException {
    List<String> texts = new ArrayList<>();
    List<Path> files =
        Repository.mainFiles().stream()
            .filter(file -> file.startsWith(Repository.root().resolve("agent")))
            .toList();
    for (CompilationUnitTree unit : ParsedSources.of(files).units()) {
      unit.accept(new Texts(), texts);
    }

    assertThat(texts).hasSizeGreaterThan(1000);
    assertThat(texts).noneMatch(text -> UNUSUAL.matcher(text).find());
  }

  @Test
  void documentOfTheSettingsUsesTheWordsOfTheField() {
    assertThat(Repository.lines(Repository.root().resolve("SETTINGS.md")))
        .filteredOn(line -> UNUSUAL.matcher(line).find())
        // A rule of sampling that has one character in place of another.
        .allMatch(line -> line.contains("may stand for a space"));
  }

  @Test
  void settingIsDescribedInOneSentenceThatSaysWhatHoldsIfItIsNotSet() {
    assertThat(AllKeys.all())
        .allSatisfy(
            key -> {
              assertThat(key.description())
                  .as(key.path())
                  .matches("(?s)[A-Z].*[^.]")
                  .doesNotContain(". ");
              if (key.defaultValue().isEmpty() && !ADDITIONS.contains(key.path())) {
                assertThat(key.description()).as(key.path()).contains("unset: ");
              }
            });
  }

  /** String literals; parts of one text are scanned one by one. */
  private static final class Texts extends TreeScanner<Void, List<String>> {

    @Override
    public Void visitLiteral(LiteralTree literal, List<String> texts) {
      if (literal.getValue() instanceof String text) {
        texts.add(text);
      }
      return null;
    }
  }
}
