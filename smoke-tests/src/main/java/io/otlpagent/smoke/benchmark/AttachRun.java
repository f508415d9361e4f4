package io.otlpagent.smoke.benchmark;

import io.otlpagent.smoke.process.JavaHome;
import io.otlpagent.smoke.process.JavaProcess;
import io.otlpagent.smoke.process.SteadyLoad;
import io.otlpagent.smoke.receiver.OtlpReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The agent put into a JVM that is serving requests, by the command {@code attach}.
 *
 * @param requests asked in all
 * @param failures those without a 200
 * @param attachMillis until the command ended; its own JVM's start is part of it
 * @param firstSpanMillis until the first span arrived, from the start of the command
 * @param before 99th percentile of the requests before
 * @param during the same from the command's start until its end and the first span
 * @param longest of the requests during
 * @param after 99th percentile afterwards
 * @param report what the command printed
 */
public record AttachRun(
    int requests,
    List<String> failures,
    long attachMillis,
    long firstSpanMillis,
    double before,
    double during,
    double longest,
    double after,
    String report) {

  private static final int CONNECTIONS = 4;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /**
   * Asks before, attaches, waits for the first span, and asks on.
   *
   * @param seconds of each of the three parts
   */
  public static AttachRun of(
      JavaHome home, Path agent, JavaProcess process, int port, String path, int seconds)
      throws IOException, InterruptedException {
    AtomicLong first = new AtomicLong();
    try (OtlpReceiver receiver =
            new OtlpReceiver(0, batch -> first.compareAndSet(0, System.nanoTime()));
        SteadyLoad load = new SteadyLoad(port, path, CONNECTIONS)) {
      Thread.sleep(seconds * 1000L);
      int requests = load.take().length;
      Thread.sleep(seconds * 1000L);
      double[] before = load.take();
      long start = System.nanoTime();
      String report = attach(home, agent, process.pid(), receiver.endpoint());
      long attached = System.nanoTime();
      while (first.get() == 0 && System.nanoTime() - start < PATIENCE_NANOS) {
        Thread.sleep(1);
      }
      double[] during = load.take();
      Thread.sleep(seconds * 1000L);
      double[] after = load.take();
      return new AttachRun(
          requests + before.length + during.length + after.length,
          load.failures(),
          (attached - start) / 1_000_000,
          (first.get() - start) / 1_000_000,
          percentile(before),
          percentile(during),
          during.length == 0 ? Double.NaN : during[during.length - 1],
          percentile(after),
          report);
    }
  }

  private static String attach(JavaHome home, Path agent, long pid, String endpoint)
      throws IOException, InterruptedException {
    Process command =
        new ProcessBuilder(
                home.java().toString(),
                "-jar",
                agent.toString(),
                "attach",
                Long.toString(pid),
                "otlp.endpoint=" + endpoint,
                "otlp.protocol=grpc",
                "batch.timeout=100ms",
                "server.port=0")
            .redirectErrorStream(true)
            .start();
    String output = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (command.waitFor() != 0) {
      throw new IOException("attach failed: " + output);
    }
    return output;
  }

  private static double percentile(double[] sorted) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * 0.99)];
  }

  /** One line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d requests, %d failed; attached after %d ms, first span after %d ms;"
            + " p99 before %.1f ms, during %.1f ms (longest %.1f ms), after %.1f ms",
        requests,
        failures.size(),
        attachMillis,
        firstSpanMillis,
        before,
        during,
        longest,
        after);
  }
}
