package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaCommand;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Start with the archive that the user has made of the application without any agent: how many
 * classes still come from it, and how much time it still saves.
 */
final class ArchiveBenchmark {

  private final Settings settings;
  private final JavaHome home;
  private final Path archive;
  private final List<String> trainingOptions;
  private final List<String> options;

  private ArchiveBenchmark(
      Settings settings,
      JavaHome home,
      Path archive,
      List<String> trainingOptions,
      List<String> options) {
    this.settings = settings;
    this.home = home;
    this.archive = archive;
    this.trainingOptions = trainingOptions;
    this.options = options;
  }

  static ArchiveBenchmark appCds(Settings settings, JavaHome home) {
    Path archive = settings.folder().resolve("shop-" + home.feature() + ".jsa");
    return new ArchiveBenchmark(
        settings,
        home,
        archive,
        List.of("-XX:ArchiveClassesAtExit=" + archive),
        List.of("-XX:SharedArchiveFile=" + archive));
  }

  /** Under any agent the JVM refuses a cache that was made without the module of the agents. */
  static ArchiveBenchmark aotCache(Settings settings, JavaHome home) {
    Path archive = settings.folder().resolve("shop-" + home.feature() + ".aot");
    return new ArchiveBenchmark(
        settings,
        home,
        archive,
        List.of("-XX:AOTCacheOutput=" + archive, "--add-modules", "java.instrument"),
        List.of("-XX:AOTCache=" + archive, "--add-modules", "java.instrument"));
  }

  /** Runs without and with the archive take turns: the machine is not the same all the time. */
  void run(Results plain, Results archived) throws IOException, InterruptedException {
    train();
    StartBenchmark without = new StartBenchmark(settings, home, List.of());
    StartBenchmark with = new StartBenchmark(settings, home, options);
    for (int i = 0; i < settings.startRuns(); i++) {
      without.round(plain);
      with.round(archived);
    }
    for (Variant variant : Variant.values()) {
      archived.add(variant, Metric.CLASSES_FROM_ARCHIVE, classesFromArchive(variant));
    }
  }

  private void train() throws IOException, InterruptedException {
    Files.createDirectories(settings.folder());
    Files.deleteIfExists(archive);
    int port = Http.freePort();
    Path output = settings.folder().resolve("training.log");
    try (JavaProcess process =
        new JavaCommand(home)
            .option("-Xmx512m")
            .options(trainingOptions)
            .program("-jar", settings.shop().toString(), "--server.port=" + port)
            .start(output)) {
      Http.awaitStatus(port, ShopRun.FIRST_REQUEST, 200, process);
      Http.status(port, "/products/1");
      Http.status(port, "/five-queries");
      process.process().destroy();
      if (!process.ends(120) || !Files.exists(archive)) {
        throw new IOException("no archive: " + Files.readString(output));
      }
    }
  }

  /** In a run of its own, because writing the log takes time. */
  private double classesFromArchive(Variant variant) throws IOException, InterruptedException {
    Path log = settings.folder().resolve("classes-" + variant.name() + ".log");
    List<String> all = new ArrayList<>(options);
    all.add("-Xlog:class+load:file=" + log + "::filecount=0");
    try (ShopRun run = new ShopRun(settings, home, variant, all)) {
      run.awaitDelivery();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("source: shared objects file")).count();
    }
  }
}
