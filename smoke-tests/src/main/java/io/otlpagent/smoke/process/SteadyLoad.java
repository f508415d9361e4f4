package io.otlpagent.smoke.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server all the time, from a few threads at a steady rate, and notes how long each answer
 * took.
 */
public final class SteadyLoad implements AutoCloseable {

  private static final long GAP_NANOS = 5_000_000;

  private final int port;
  private final String path;
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  public SteadyLoad(int port, String path, int connections) {
    this.port = port;
    this.path = path;
    for (int i = 0; i < connections; i++) {
      Thread thread = new Thread(this::ask, "load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void ask() {
    while (!stopped) {
      long start = System.nanoTime();
      try {
        int status = Http.status(port, path);
        if (status != 200) {
          failures.add("status " + status);
        }
      } catch (IOException | RuntimeException e) {
        failures.add(e.toString());
      }
      nanos.add(System.nanoTime() - start);
      LockSupport.parkNanos(GAP_NANOS);
    }
  }

  /** The requests that did not get a 200. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** The milliseconds of each request since the last call, sorted. */
  public double[] take() {
    List<Double> taken = new ArrayList<>();
    for (Long each = nanos.poll(); each != null; each = nanos.poll()) {
      taken.add(each / 1e6);
    }
    double[] sorted = taken.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
