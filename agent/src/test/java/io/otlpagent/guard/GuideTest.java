package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.queue.DropReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operations guide names is there, and both of its editions have the same parts. */
final class GuideTest {

  private static final Path FOLDER = Repository.root().resolve("docker");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern COMMENT = Pattern.compile("(?m) *(^| )# .*$");
  private static final Pattern MARK = Pattern.compile("(?m)^<!-- .* -->$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} ");
  private static final Pattern TABLE = Pattern.compile("(?m)(?:^\\|.*\\n)+");
  private static final Pattern ITEM = Pattern.compile("(?m)^(?:\\d+\\.|\\*) ");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)[^)]*\\)");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./])(?:docker|\\.ci|\\.github|smoke-tests)/[\\w./-]*\\w");
  private static final Pattern VARIABLE = Pattern.compile("\\b(?:OTEL|OTLP)_[A-Z_]+\\b");
  private static final Pattern SETTING =
      Pattern.compile(
          "`((?:batch|buffer|debug|http|instrumentation|limits|logging|metrics|otlp|redaction|sampling"
              + "|server|service|shutdown)\\.[a-z_.]+)[:`]");

  @ParameterizedTest
  @ValueSource(strings = {"README", "TROUBLESHOOTING"})
  void editionsHaveTheSameParts(String name) {
    String english = text(FOLDER.resolve(name + ".md"));
    String chinese = text(FOLDER.resolve(name + ".zh.md"));

    assertThat(all(HEADING, prose(chinese))).isEqualTo(all(HEADING, prose(english)));
    assertThat(blocks(chinese)).isEqualTo(blocks(english));
    assertThat(all(MARK, chinese)).isEqualTo(all(MARK, english));
    assertThat(rows(chinese)).isEqualTo(rows(english));
    assertThat(all(ITEM, prose(chinese))).isEqualTo(all(ITEM, prose(english)));
    assertThat(links(chinese)).isEqualTo(links(english));
    assertThat(sorted(CODE, prose(chinese))).isEqualTo(sorted(CODE, prose(english)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README", "TROUBLESHOOTING"})
  void whatGuideNamesIsThere(String name) {
    String guide = text(FOLDER.resolve(name + ".md"));
    String settings = text(Repository.root().resolve("SETTINGS.md"));

    assertThat(all(FILE, guide))
        .allSatisfy(file -> assertThat(Repository.root().resolve(file)).exists());
    assertThat(all(VARIABLE, guide))
        .allSatisfy(
            variable ->
                assertThat(
                        settings.contains("`" + variable + "`")
                            || variable.matches("OTEL_INSTRUMENTATION_[A-Z_]+_ENABLED"))
                    .as(variable)
                    .isTrue());
    assertThat(all(SETTING, guide))
        .map(setting -> setting.replaceAll("[:`]", ""))
        .filteredOn(setting -> !setting.startsWith("http.route"))
        .allSatisfy(setting -> assertThat(settings).contains("`" + setting));
  }

  @Test
  void everyReasonOfLossIsExplained() {
    String guide = text(FOLDER.resolve("TROUBLESHOOTING.md"));

    for (DropReason reason : DropReason.values()) {
      assertThat(guide).contains("`" + reason.label() + "`");
    }
  }

  @Test
  void alertsOfGuideAreThoseOfPrometheus() {
    String rules = text(FOLDER.resolve("prometheus/alerts.yml"));
    String guide = text(FOLDER.resolve("README.md"));

    for (String alert : all(Pattern.compile("(?<=- alert: )\\w+"), rules)) {
      assertThat(guide).contains("| " + alert);
    }
  }

  /** Without comments, which are translated; drawings and logs have no language and no command. */
  private static List<String> blocks(String document) {
    List<String> blocks = new ArrayList<>();
    FENCED
        .matcher(document)
        .results()
        .forEach(
            block ->
                blocks.add(
                    block.group(1).isEmpty()
                        ? "lines: " + block.group(2).lines().count()
                        : block.group(1) + "\n" + COMMENT.matcher(block.group(2)).replaceAll("")));
    return blocks;
  }

  private static List<Long> rows(String document) {
    return TABLE.matcher(document).results().map(table -> table.group().lines().count()).toList();
  }

  /** Files only: headings have names in the language of their edition. */
  private static List<String> links(String document) {
    return LINK.matcher(document)
        .results()
        .map(link -> link.group(1).replace(".zh.md", ".md"))
        .sorted()
        .toList();
  }

  private static String prose(String document) {
    return FENCED.matcher(document).replaceAll("");
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<String> sorted(Pattern pattern, String text) {
    return all(pattern, text).stream().sorted().toList();
  }

  private static String text(Path document) {
    assertThat(Files.exists(document)).as("%s", document).isTrue();
    return String.join("\n", Repository.lines(document)) + "\n";
  }
}
