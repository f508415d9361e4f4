package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.Jcmd;
import io.otlpagent.smoke.receiver.SilentCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a request waits for when the collector hangs: two shops under our agent, one of them with a
 * collector that accepts connections and never answers, get the same load in turn, at a rate far
 * below what they could take. A ratio is the median of those of neighbouring rounds, because the
 * machine is not the same all the time.
 */
final class HangBenchmark {

  private static final String PATH = "/five-queries";
  private static final double MEBIBYTE = 1 << 20;
  private static final String[] SPACES = {"0.space.0", "0.space.1", "0.space.2", "1.space.0"};

  private final Settings settings;
  private final JavaHome home;
  private final StringBuilder csv = new StringBuilder();

  // Of up and hanging: a value for each round, or one for each pair of JVMs.
  private final Comparison p50 = new Comparison("p50 (ms)");
  private final Comparison p99 = new Comparison("p99 (ms)");
  private final Comparison cpu = new Comparison("CPU, a request (µs)");
  private final Comparison heap = new Comparison("heap after GC (MiB)");

  HangBenchmark(Settings settings, JavaHome home) {
    this.settings = settings;
    this.home = home;
  }

  /** Returns a table. */
  String run() throws IOException, InterruptedException {
    for (int i = 0; i < settings.loadRuns(); i++) {
      try (SilentCollector silent = new SilentCollector();
          ShopRun up = new ShopRun(settings, home, Variant.OTLP_AGENT, List.of());
          ShopRun hanging = ShopRun.exportingTo(silent.endpoint(), settings, home)) {
        measure(up, hanging);
      }
    }
    return "|                     | collector up | collector hangs | ratio |\n"
        + "|---------------------|-------------:|----------------:|------:|\n"
        + p50
        + p99
        + cpu
        + heap;
  }

  /** Every value, as of the other parts. */
  String csv() {
    return csv.toString();
  }

  private void measure(ShopRun up, ShopRun hanging) throws IOException, InterruptedException {
    LoadClient toUp = new LoadClient(up.port(), PATH, settings.connections());
    LoadClient toHanging = new LoadClient(hanging.port(), PATH, settings.connections());
    toUp.run(settings.warmUp());
    toHanging.run(settings.warmUp());
    // At the measured rate as well, and not counted.
    round(toUp);
    round(toHanging);
    double cpuOfUp = requestCpuSeconds(up);
    double cpuOfHanging = requestCpuSeconds(hanging);
    for (int i = 0; i < settings.hangRounds(); i++) {
      long[] first = round(i % 2 == 0 ? toUp : toHanging);
      long[] second = round(i % 2 == 0 ? toHanging : toUp);
      add(i % 2 == 0 ? first : second, i % 2 == 0 ? second : first);
    }
    double requests =
        (double) settings.hangRounds() * settings.hangSeconds() * settings.pacedRate();
    cpu.add(
        (requestCpuSeconds(up) - cpuOfUp) * 1e6 / requests,
        (requestCpuSeconds(hanging) - cpuOfHanging) * 1e6 / requests);
    heap.add(heapMebibytes(up), heapMebibytes(hanging));
  }

  private long[] round(LoadClient client) throws IOException, InterruptedException {
    int requests = settings.hangSeconds() * settings.pacedRate();
    long[] latencies = client.latencies(requests, settings.pacedRate());
    Arrays.sort(latencies);
    return latencies;
  }

  private void add(long[] up, long[] hanging) {
    p50.add(quantile(up, 0.5), quantile(hanging, 0.5));
    p99.add(quantile(up, 0.99), quantile(hanging, 0.99));
  }

  private static double quantile(long[] sorted, double part) {
    return sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }

  /** On the threads of requests: what a busy machine changes least. */
  private static double requestCpuSeconds(ShopRun run) throws IOException {
    return run.stat().cpuSecondsOfThreads(LoadMeasurement.REQUEST_THREADS);
  }

  private double heapMebibytes(ShopRun run) throws IOException, InterruptedException {
    Jcmd jcmd = new Jcmd(home, run.pid());
    jcmd.collectGarbage();
    ToLongFunction<String> counters = jcmd.counters();
    long used = 0;
    for (String space : SPACES) {
      used += counters.applyAsLong("sun.gc.generation." + space + ".used");
    }
    return used / MEBIBYTE;
  }

  /** Pairs of values, and the row of the table that they make. */
  private final class Comparison {

    private final String title;
    private final List<Double> up = new ArrayList<>();
    private final List<Double> hanging = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    Comparison(String title) {
      this.title = title;
    }

    void add(double up, double hanging) {
      this.up.add(up);
      this.hanging.add(hanging);
      ratios.add(hanging / up);
      csv.append(String.format(Locale.ROOT, "hang,%s,%.4f,%.4f%n", title, up, hanging));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| %-19s | %12.3f | %15.3f | %5.3f |%n",
          title,
          median(up),
          median(hanging),
          median(ratios));
    }

    private static double median(List<Double> values) {
      List<Double> sorted = new ArrayList<>(values);
      Collections.sort(sorted);
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }
}
