package io.otlpagent.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of the operations guide that a comment in front of it marks: {@code <!-- run -->}
 * for commands, {@code <!-- validate -->} for a file of settings. Behind {@code run} may stand the
 * name of a {@link GuideScenario}, {@code if PROGRAM} for a program that not every machine has, and
 * {@code exit CODE}. A block of {@code text} that follows is what the commands print.
 *
 * @param where file and line, for messages
 * @param scenario what the application goes through
 * @param requires a program that must be there; empty for none
 * @param printed lines that are printed in this order; see {@link #missing}
 */
record GuideBlock(
    String where,
    boolean runs,
    String scenario,
    String requires,
    int exitCode,
    String text,
    List<String> printed) {

  private static final Pattern MARKED =
      Pattern.compile(
          "<!-- (run|validate)((?: [\\w-]+)*) -->\n```\\w+\n(.*?)```\n(?:\n```text\n(.*?)```\n)?",
          Pattern.DOTALL);
  private static final Pattern EXIT = Pattern.compile(" exit (\\d+)");
  private static final Pattern REQUIRES = Pattern.compile(" if ([\\w-]+)");

  /** Digits are any digits, white space is any white space, three dots are anything. */
  private static final Pattern VARIES = Pattern.compile("\\d+|\\s+|\\.\\.\\.");

  static List<GuideBlock> of(Path document) throws IOException {
    String text = Files.readString(document);
    List<GuideBlock> blocks = new ArrayList<>();
    Matcher marked = MARKED.matcher(text);
    while (marked.find()) {
      long line = text.substring(0, marked.start(3)).lines().count() + 1;
      Matcher exit = EXIT.matcher(marked.group(2));
      Matcher requires = REQUIRES.matcher(marked.group(2));
      String scenario = marked.group(2).replaceAll(EXIT + "|" + REQUIRES, "").strip();
      blocks.add(
          new GuideBlock(
              document.getFileName() + ":" + line,
              marked.group(1).equals("run"),
              scenario.isEmpty() ? "healthy" : scenario,
              requires.find() ? requires.group(1) : "",
              exit.find() ? Integer.parseInt(exit.group(1)) : 0,
              marked.group(3),
              marked.group(4) == null ? List.of() : marked.group(4).lines().toList()));
    }
    return blocks;
  }

  /** The first line of what should be printed that is not there, in its order; null for none. */
  String missing(String output) {
    List<String> lines = output.lines().toList();
    int from = 0;
    for (String line : printed) {
      String wanted = line.strip();
      if (wanted.isEmpty() || wanted.equals("...")) {
        continue;
      }
      Pattern pattern = pattern(wanted);
      while (from < lines.size() && !pattern.matcher(lines.get(from).strip()).matches()) {
        from++;
      }
      if (from++ == lines.size()) {
        return wanted;
      }
    }
    return null;
  }

  private static Pattern pattern(String line) {
    StringBuilder pattern = new StringBuilder();
    Matcher varies = VARIES.matcher(line);
    int from = 0;
    while (varies.find()) {
      pattern.append(Pattern.quote(line.substring(from, varies.start())));
      char first = varies.group().charAt(0);
      pattern.append(first == '.' ? ".*" : Character.isDigit(first) ? "\\d+" : "\\s+");
      from = varies.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(line.substring(from))).toString());
  }

  @Override
  public String toString() {
    return where + " " + scenario;
  }
}
