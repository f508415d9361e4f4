package io.otlpagent.instrumentation.transform;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the transformer did. Written by loading threads, read by the endpoint. */
public final class TransformCounts {

  private static final int MAX_CLASSES = 1000;

  private final Map<String, Long> nanos = new ConcurrentHashMap<>();
  private volatile boolean profiled;
  private final LongAdder woven = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();

  /** Has {@link #nanosByClass} kept. Called before the first class is seen. */
  public void profile() {
    profiled = true;
  }

  /** When a class begins to be looked at; 0 if nobody asks. */
  long start() {
    return profiled ? System.nanoTime() : 0;
  }

  /**
   * A class was woven.
   *
   * @param startNanoTime what {@link #start} said before
   */
  void woven(String className, long startNanoTime) {
    woven.increment();
    if (startNanoTime != 0 && nanos.size() < MAX_CLASSES) {
      nanos.merge(className.replace('/', '.'), System.nanoTime() - startNanoTime, Long::sum);
    }
  }

  /** How long each woven class took, if that is kept; a copy. */
  public Map<String, Long> nanosByClass() {
    return new TreeMap<>(nanos);
  }

  void failed(@Nullable String className, Throwable reason) {
    failed.increment();
    lastFailure.set(className + ": " + reason);
  }

  /** Classes that were woven. */
  public long classesWoven() {
    return woven.sum();
  }

  /** Classes that matched and could not be woven; they run as they are. */
  public long classesFailed() {
    return failed.sum();
  }

  /** The last failure, in one line; null if there was none. */
  public @Nullable String lastFailure() {
    return lastFailure.get();
  }
}
