package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.JavaHome;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fixed number of requests with five short queries each, as fast as they go: CPU, bytes
 * allocated, and what became of the spans. Everything is read before and after, once the last span
 * has been delivered: what the exporter does for the load belongs to the load.
 */
final class LoadBenchmark {

  private static final String PATH = "/five-queries";
  private static final int PROBES = 10;
  private static final String[] JIT_THREADS = {"C1 Compiler", "C2 Compiler"};
  private static final String REQUEST_THREADS = "http-nio-";

  /** Their CPU would go with them if idle compiler threads ended. */
  private static final List<String> OPTIONS = List.of("-XX:-UseDynamicNumberOfCompilerThreads");

  private static final Pattern OUR_DROPS =
      Pattern.compile("(?m)^otlp_spans_dropped\\w*(?:\\{[^}]*})? (\\S+)");
  private static final Pattern THEIR_DROPS = Pattern.compile("(?i)dropped (\\d+) span");

  private final Settings settings;
  private final JavaHome home;

  LoadBenchmark(Settings settings, JavaHome home) {
    this.settings = settings;
    this.home = home;
  }

  Results run() throws IOException, InterruptedException {
    Results results = new Results();
    for (int i = 0; i < settings.loadRuns(); i++) {
      for (Variant variant : Variant.values()) {
        measure(variant, results);
      }
    }
    return results;
  }

  private void measure(Variant variant, Results results) throws IOException, InterruptedException {
    try (ShopRun run = new ShopRun(settings, home, variant, OPTIONS)) {
      final double spansPerRequest = probe(run);
      LoadClient client = new LoadClient(run.port(), PATH);
      client.run(settings.warmUp(), settings.connections());
      run.awaitDelivery();

      final double drops = reportedDrops(variant, run);
      final double bytes = allocatedBytes(run);
      final long delivered = run.receiver().spanCount();
      final double jit = run.stat().cpuSecondsOfThreads(JIT_THREADS);
      final double application = run.stat().cpuSecondsOfThreads(REQUEST_THREADS);
      final double cpu = run.stat().cpuSeconds();

      double seconds = client.run(settings.requests(), settings.connections());
      run.awaitDelivery();

      double jitAdded = run.stat().cpuSecondsOfThreads(JIT_THREADS) - jit;
      double onRequests = run.stat().cpuSecondsOfThreads(REQUEST_THREADS) - application;
      double cpuAdded = run.stat().cpuSeconds() - cpu - jitAdded;
      double n = settings.requests();
      // The span of the request that reads the bytes the first time comes in between.
      double deliveredAdded = run.receiver().spanCount() - delivered - Math.min(1, spansPerRequest);
      results.add(variant, Metric.CPU_PER_REQUEST, cpuAdded * 1e6 / n);
      results.add(variant, Metric.APPLICATION_CPU, onRequests * 1e6 / n);
      results.add(variant, Metric.JIT_CPU, jitAdded);
      results.add(variant, Metric.BYTES_PER_REQUEST, (allocatedBytes(run) - bytes) / n);
      results.add(variant, Metric.REQUESTS_PER_SECOND, n / seconds);
      results.add(variant, Metric.SPANS_MADE, spansPerRequest);
      results.add(variant, Metric.SPANS_DELIVERED, deliveredAdded / n);
      results.add(variant, Metric.SPANS_DROPPED, spansPerRequest - deliveredAdded / n);
      results.add(variant, Metric.DROPS_REPORTED, (reportedDrops(variant, run) - drops) / n);
    }
  }

  /** How many spans one request makes: with so few requests nothing is dropped. */
  private static double probe(ShopRun run) throws IOException, InterruptedException {
    run.awaitDelivery();
    long before = run.receiver().spanCount();
    for (int i = 0; i < PROBES; i++) {
      Http.status(run.port(), PATH);
    }
    run.awaitDelivery();
    return (run.receiver().spanCount() - before) / (double) PROBES;
  }

  private static double allocatedBytes(ShopRun run) throws IOException {
    String answer = Http.body(run.port(), "/vitals");
    return Double.parseDouble(answer.substring(answer.indexOf('=') + 1));
  }

  /** Our agent has a counter; the OpenTelemetry agent says it in its log. */
  private static double reportedDrops(Variant variant, ShopRun run) throws IOException {
    return switch (variant) {
      case NONE -> Double.NaN;
      case OTLP_AGENT ->
          Http.status(run.agentPort(), "/metrics") == 200
              ? sum(OUR_DROPS, Http.body(run.agentPort(), "/metrics"))
              : Double.NaN;
      case OPENTELEMETRY -> sum(THEIR_DROPS, run.output());
    };
  }

  private static double sum(Pattern pattern, String text) {
    double sum = 0;
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }
}
