package io.otlpagent.instrumentation.transform;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the transformer did. Written by loading threads, read by the endpoint. */
public final class TransformCounts {

  private final LongAdder woven = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();

  void woven() {
    woven.increment();
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
