package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.JavaHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark is told by system properties: {@code benchmark.start.runs} and so on.
 *
 * @param startRuns fresh JVMs for each variant and figure of the start
 * @param loadRuns fresh JVMs for each variant of the load
 * @param warmUp requests before the measured ones
 * @param requests measured, as fast as they go
 * @param pacedRate requests a second of the slower load
 * @param pacedSeconds how long that lasts
 * @param hangRounds of the load on each of two shops, for each of the load's JVMs
 * @param hangSeconds how long a round lasts
 * @param parts which parts to run: start, load, hang, appcds, aot
 */
record Settings(
    Path shop,
    Map<Variant, Path> agents,
    Path folder,
    int startRuns,
    int loadRuns,
    int warmUp,
    int requests,
    int pacedRate,
    int pacedSeconds,
    int connections,
    int hangRounds,
    int hangSeconds,
    List<String> parts) {

  static Settings fromSystemProperties() {
    Map<Variant, Path> agents = new TreeMap<>();
    agents.put(Variant.OTLP_AGENT, existing("otlpagent.jar"));
    agents.put(Variant.OPENTELEMETRY, existing("benchmark.opentelemetry.jar"));
    return new Settings(
        existing("shop.jar"),
        agents,
        Path.of(System.getProperty("benchmark.folder", "target/benchmark")).toAbsolutePath(),
        Integer.getInteger("benchmark.start.runs", 5),
        Integer.getInteger("benchmark.load.runs", 3),
        Integer.getInteger("benchmark.warm-up", 200_000),
        Integer.getInteger("benchmark.requests", 100_000),
        Integer.getInteger("benchmark.paced.rate", 500),
        Integer.getInteger("benchmark.paced.seconds", 20),
        Integer.getInteger("benchmark.connections", 4),
        Integer.getInteger("benchmark.hang.rounds", 20),
        Integer.getInteger("benchmark.hang.seconds", 3),
        List.of(
            System.getProperty("benchmark.parts", "start,load,hang,appcds,aot").split(",", -1)));
  }

  /** Null for {@link Variant#NONE}. */
  @Nullable Path agent(Variant variant) {
    return agents.get(variant);
  }

  /** The JDK of a feature release: named by {@code benchmark.jdk<n>}, or found on the machine. */
  static Optional<JavaHome> jdk(int feature) {
    String named = System.getProperty("benchmark.jdk" + feature, "");
    if (!named.isEmpty()) {
      return Optional.of(new JavaHome(Path.of(named), feature));
    }
    return JavaHome.all().stream().filter(home -> home.feature() == feature).findFirst();
  }

  private static Path existing(String property) {
    Path path = Path.of(System.getProperty(property, "")).toAbsolutePath().normalize();
    if (!Files.isRegularFile(path)) {
      throw new IllegalStateException("-D" + property + ": no such file: " + path);
    }
    return path;
  }
}
