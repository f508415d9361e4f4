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

  /**
   * @param saturated gets the load as fast as it goes
   * @param paced gets a load that is slow enough for every span to be delivered
   */
  void run(Results saturated, Results paced) throws IOException, InterruptedException {
    for (int i = 0; i < settings.loadRuns(); i++) {
      for (Variant variant : Variant.values()) {
        measure(variant, saturated, paced);
      }
    }
  }

  private void measure(Variant variant, Results saturated, Results paced)
      throws IOException, InterruptedException {
    try (ShopRun run = new ShopRun(settings, home, variant, OPTIONS)) {
      double spansPerRequest = probe(run);
      LoadClient client = new LoadClient(run.port(), PATH, settings.connections());
      client.run(settings.warmUp());
      load(variant, run, () -> client.run(settings.requests()), settings.requests())
          .addTo(saturated, variant, spansPerRequest);
      int few = settings.pacedSeconds() * settings.pacedRate();
      load(variant, run, () -> client.run(few, settings.pacedRate()), few)
          .addTo(paced, variant, spansPerRequest);
    }
  }

  /** A load; returns the seconds that it took. */
  private interface Load {
    double run() throws IOException, InterruptedException;
  }

  private static LoadMeasurement load(Variant variant, ShopRun run, Load load, int requests)
      throws IOException, InterruptedException {
    run.awaitDelivery();
    LoadMeasurement measurement = new LoadMeasurement(run, requests, reportedDrops(variant, run));
    double seconds = load.run();
    run.awaitDelivery();
    measurement.end(seconds, reportedDrops(variant, run));
    return measurement;
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
