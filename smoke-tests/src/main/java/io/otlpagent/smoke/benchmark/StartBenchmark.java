package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.Jcmd;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Start: the time to the first answered request and the CPU until then; then memory and classes
 * after a few more requests, an export and a garbage collection.
 */
final class StartBenchmark {

  private static final int FEW_REQUESTS = 20;
  private static final double MEBIBYTE = 1 << 20;

  private final Settings settings;
  private final JavaHome home;
  private final List<String> options;

  /**
   * @param options for every variant: none, or the user's archive
   */
  StartBenchmark(Settings settings, JavaHome home, List<String> options) {
    this.settings = settings;
    this.home = home;
    this.options = options;
  }

  /** Measures each variant once. */
  void round(Results results) throws IOException, InterruptedException {
    for (Variant variant : Variant.values()) {
      measure(variant, results);
    }
  }

  private void measure(Variant variant, Results results) throws IOException, InterruptedException {
    try (ShopRun run = new ShopRun(settings, home, variant, options)) {
      results.add(variant, Metric.TIME_TO_200, run.secondsToFirst200());
      results.add(variant, Metric.CPU_AT_200, run.cpuSecondsAtFirst200());
      for (int i = 0; i < FEW_REQUESTS; i++) {
        Http.status(run.port(), "/products/" + (1 + i % 5));
      }
      run.awaitDelivery();
      Jcmd jcmd = new Jcmd(home, run.pid());
      jcmd.collectGarbage();
      ToLongFunction<String> counters = jcmd.counters();
      results.add(variant, Metric.RSS, run.stat().rssMebibytes());
      results.add(variant, Metric.CLASSES, classes(counters));
      results.add(
          variant, Metric.METASPACE, counters.applyAsLong("sun.gc.metaspace.used") / MEBIBYTE);
    }
  }

  private static double classes(ToLongFunction<String> counters) {
    return (double) counters.applyAsLong("java.cls.loadedClasses")
        + counters.applyAsLong("java.cls.sharedLoadedClasses")
        - counters.applyAsLong("java.cls.unloadedClasses")
        - counters.applyAsLong("java.cls.sharedUnloadedClasses");
  }
}
