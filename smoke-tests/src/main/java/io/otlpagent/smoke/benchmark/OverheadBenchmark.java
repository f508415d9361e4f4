package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs the shop without an agent, with ours and with the OpenTelemetry agent, in turn, each time in
 * a fresh JVM, and prints what each adds. Needs Linux, for {@code /proc}.
 *
 * <p>System properties: see {@link Settings}.
 */
public final class OverheadBenchmark {

  private final Settings settings;
  private final StringBuilder report = new StringBuilder();
  private final StringBuilder csv = new StringBuilder();

  private OverheadBenchmark(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new OverheadBenchmark(Settings.fromSystemProperties()).run();
  }

  private void run() throws IOException, InterruptedException {
    JavaHome home = JavaHome.running();
    if (settings.parts().contains("start")) {
      start(home);
    }
    if (settings.parts().contains("load")) {
      Results saturated = new Results();
      Results paced = new Results();
      new LoadBenchmark(settings, home).run(saturated, paced);
      add("Load as fast as it goes, " + home, saturated);
      add("Load of " + settings.pacedRate() + " requests a second, " + home, paced);
    }
    if (settings.parts().contains("hang")) {
      HangBenchmark hang = new HangBenchmark(settings, home);
      String table = hang.run();
      csv.append(hang.csv());
      print("\n### Collector that hangs, " + settings.pacedRate() + " requests a second, " + home);
      print("\n" + table);
    }
    if (settings.parts().contains("appcds")) {
      archive("AppCDS archive", 17);
    }
    if (settings.parts().contains("aot")) {
      archive("AOT cache", 25);
    }
    if (settings.parts().contains("attach")) {
      attach(home);
    }
    Path file = Files.createDirectories(settings.folder()).resolve("overhead.md");
    Files.writeString(file, report);
    Files.writeString(settings.folder().resolve("overhead.csv"), csv);
    System.out.println("written to " + file);
  }

  private void start(JavaHome home) throws IOException, InterruptedException {
    Results start = new Results();
    for (int i = 0; i < settings.startRuns(); i++) {
      new StartBenchmark(settings, home, List.of()).round(start);
    }
    add("Start, " + home, start);
  }

  private void attach(JavaHome home) throws IOException, InterruptedException {
    StringBuilder runs = new StringBuilder("\n### Attach under load, " + home + "\n\n");
    for (int i = 0; i < settings.startRuns(); i++) {
      runs.append("* ").append(new AttachBenchmark(settings, home).run()).append('\n');
    }
    print(runs.toString());
  }

  /** The start without and with the archive, on one JDK. */
  private void archive(String what, int feature) throws IOException, InterruptedException {
    Optional<JavaHome> found = Settings.jdk(feature);
    if (found.isEmpty()) {
      System.out.println("skipped: " + what + ": no JDK " + feature + " on this machine");
      return;
    }
    JavaHome home = found.get();
    ArchiveBenchmark benchmark =
        feature >= 25
            ? ArchiveBenchmark.aotCache(settings, home)
            : ArchiveBenchmark.appCds(settings, home);
    Results plain = new Results();
    Results archived = new Results();
    benchmark.run(plain, archived);
    add("Start without " + what + ", " + home, plain);
    add("Start with the user's " + what + ", " + home, archived);
    StringBuilder kept = new StringBuilder();
    for (Variant variant : Variant.values()) {
      kept.append(
          String.format(
              Locale.ROOT,
              "%s: %.1f %% of the archived classes kept, %.2f s of start saved (%.0f %%)%n",
              variant,
              100 * ratio(archived, variant),
              saved(plain, archived, variant),
              100 * saved(plain, archived, variant) / saved(plain, archived, Variant.NONE)));
    }
    print(kept.toString());
  }

  private static double ratio(Results archived, Variant variant) {
    return archived.median(variant, Metric.CLASSES_FROM_ARCHIVE)
        / archived.median(Variant.NONE, Metric.CLASSES_FROM_ARCHIVE);
  }

  private static double saved(Results plain, Results archived, Variant variant) {
    return plain.median(variant, Metric.TIME_TO_200) - archived.median(variant, Metric.TIME_TO_200);
  }

  private void add(String title, Results results) {
    csv.append(results.csv(title));
    print("\n### " + title + "\n\n" + new MarkdownTable(results));
  }

  private void print(String text) {
    report.append(text).append('\n');
    System.out.println(text);
  }
}
