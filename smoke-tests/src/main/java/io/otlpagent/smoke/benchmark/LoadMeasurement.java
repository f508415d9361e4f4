package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.Http;
import io.otlpagent.smoke.process.ProcStat;
import java.io.IOException;

/** What one load cost: read when it is made and when it is told that the load has ended. */
final class LoadMeasurement {

  private static final String[] JIT_THREADS = {"C1 Compiler", "C2 Compiler"};
  static final String REQUEST_THREADS = "http-nio-";

  private final ShopRun run;
  private final ProcStat stat;
  private final int requests;
  private double seconds;

  // The values at the start, then what the load has added.
  private double drops;
  private double bytes;
  private double delivered;
  private double requestCpu;
  private double jitCpu;
  private double cpu;

  LoadMeasurement(ShopRun run, int requests, double drops) throws IOException {
    this.run = run;
    this.stat = run.stat();
    this.requests = requests;
    this.drops = drops;
    bytes = allocatedBytes();
    delivered = run.receiver().spanCount();
    requestCpu = stat.cpuSecondsOfThreads(REQUEST_THREADS);
    jitCpu = stat.cpuSecondsOfThreads(JIT_THREADS);
    cpu = stat.cpuSeconds();
  }

  /**
   * @param drops that the agent has reported by now
   */
  void end(double seconds, double drops) throws IOException {
    this.seconds = seconds;
    this.drops = drops - this.drops;
    cpu = stat.cpuSeconds() - cpu;
    jitCpu = stat.cpuSecondsOfThreads(JIT_THREADS) - jitCpu;
    requestCpu = stat.cpuSecondsOfThreads(REQUEST_THREADS) - requestCpu;
    delivered = run.receiver().spanCount() - delivered;
    bytes = allocatedBytes() - bytes;
  }

  void addTo(Results results, Variant variant, double spansPerRequest) {
    // The span of the request that reads the bytes the first time comes in between.
    double deliveredPerRequest = (delivered - Math.min(1, spansPerRequest)) / requests;
    results.add(variant, Metric.CPU_PER_REQUEST, (cpu - jitCpu) * 1e6 / requests);
    results.add(variant, Metric.APPLICATION_CPU, requestCpu * 1e6 / requests);
    results.add(variant, Metric.JIT_CPU, jitCpu);
    results.add(variant, Metric.BYTES_PER_REQUEST, bytes / requests);
    results.add(variant, Metric.REQUESTS_PER_SECOND, requests / seconds);
    results.add(variant, Metric.SPANS_MADE, spansPerRequest);
    results.add(variant, Metric.SPANS_DELIVERED, deliveredPerRequest);
    results.add(variant, Metric.SPANS_DROPPED, spansPerRequest - deliveredPerRequest);
    results.add(variant, Metric.DROPS_REPORTED, drops / requests);
  }

  private double allocatedBytes() throws IOException {
    String answer = Http.body(run.port(), "/vitals");
    return Double.parseDouble(answer.substring(answer.indexOf('=') + 1));
  }
}
