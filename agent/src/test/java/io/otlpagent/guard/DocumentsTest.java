package io.otlpagent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DocumentsTest {

  private static final int MAX_COLUMNS = 120;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$}>-])/(work|farm|root|home|Users)/\\w+");

  @Test
  void relativeLinkLeadsToFileAndHeading() {
    List<String> broken = new ArrayList<>();
    for (Path document : Repository.files(".md")) {
      Matcher link = LINK.matcher(text(document));
      while (link.find()) {
        if (!link.group(1).matches("[a-z]+:.*") && !exists(document, link.group(1))) {
          broken.add(document + ": " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void documentNamesNoPathOfAMachine() {
    assertThat(Repository.files(".md"))
        .isNotEmpty()
        .allSatisfy(document -> assertThat(text(document)).doesNotContainPattern(MACHINE_PATH));
  }

  @Test
  void proseHasAtMost120Columns() {
    List<String> tooLong = new ArrayList<>();
    for (Path document : Repository.files(".md")) {
      boolean block = false;
      for (String line : Repository.lines(document)) {
        block ^= line.startsWith("```");
        boolean prose = !block && !line.startsWith("|") && !document.toString().endsWith(".zh.md");
        if (prose && line.length() > MAX_COLUMNS) {
          tooLong.add(document + ": " + line);
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  private static boolean exists(Path document, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path target = file.isEmpty() ? document : document.resolveSibling(file);
    if (!Files.exists(target) || hash < 0 || Files.isDirectory(target)) {
      return Files.exists(target);
    }
    return HEADING
        .matcher(text(target))
        .results()
        .anyMatch(heading -> slug(heading.group(1)).equals(link.substring(hash + 1)));
  }

  /** The anchor that a Markdown viewer gives a heading. */
  private static String slug(String heading) {
    String words = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
    return words.replace(' ', '-');
  }

  private static String text(Path document) {
    return String.join("\n", Repository.lines(document));
  }
}
