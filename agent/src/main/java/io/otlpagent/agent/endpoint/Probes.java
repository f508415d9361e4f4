package io.otlpagent.agent.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs probes side by side, each on a daemon thread of its own that lives for one question, and
 * never the same one twice at a time. Called on endpoint threads.
 */
final class Probes {

  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1100);

  private final Map<String, Probe> probes;

  // Guarded by this.
  private final Map<String, FutureTask<Boolean>> running = new LinkedHashMap<>();

  Probes(Map<String, Probe> probes) {
    this.probes = new LinkedHashMap<>(probes);
  }

  /** Asks all of them; what has not answered after a second counts as not there. */
  Map<String, Boolean> ask() {
    long start = System.nanoTime();
    Map<String, FutureTask<Boolean>> questions = new LinkedHashMap<>();
    synchronized (this) {
      for (Map.Entry<String, Probe> entry : probes.entrySet()) {
        questions.put(entry.getKey(), question(entry.getKey(), entry.getValue()));
      }
    }
    Map<String, Boolean> answers = new LinkedHashMap<>();
    for (Map.Entry<String, FutureTask<Boolean>> entry : questions.entrySet()) {
      long left = LIMIT_NANOS - (System.nanoTime() - start);
      answers.put(entry.getKey(), answer(entry.getValue(), left));
    }
    return answers;
  }

  private FutureTask<Boolean> question(String name, Probe probe) {
    FutureTask<Boolean> task = running.get(name);
    if (task == null || task.isDone()) {
      task = new FutureTask<>(probe::ask);
      Thread thread = new Thread(task, "otlp-agent-probe-" + name);
      thread.setDaemon(true);
      thread.setContextClassLoader(Probes.class.getClassLoader());
      thread.start();
      running.put(name, task);
    }
    return task;
  }

  private static boolean answer(FutureTask<Boolean> task, long limitNanos) {
    try {
      return task.get(Math.max(0, limitNanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
