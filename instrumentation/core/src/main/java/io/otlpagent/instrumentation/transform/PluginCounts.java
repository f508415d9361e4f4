package io.otlpagent.instrumentation.transform;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What became of the classes that the rules of one plugin match. Written by loading threads, read
 * by the endpoint.
 */
public final class PluginCounts {

  private final AtomicInteger woven = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger stuck = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable String firstStuck;
  private volatile @Nullable String unlike;
  private volatile @Nullable String failure;

  PluginCounts() {}

  void addWoven() {
    woven.incrementAndGet();
  }

  void addOpen() {
    open.incrementAndGet();
  }

  void addStuck(String description) {
    if (stuck.getAndIncrement() == 0) {
      firstStuck = description;
    }
  }

  void addRefused() {
    refused.incrementAndGet();
  }

  void addFailure(String description) {
    failure = description;
  }

  void foundUnlike(String className) {
    unlike = className;
  }

  /** Classes that call the plugin, without those that do so on a condition. */
  public int woven() {
    return woven.get();
  }

  /**
   * Classes that call the plugin if they are of the type of its rule, which their first run shows.
   */
  public int open() {
    return open.get();
  }

  /** Classes that match and run as they are, because the JVM would not change them. */
  public int stuck() {
    return stuck.get();
  }

  /** Those of them that an agent can change in general: something is in the way. */
  public int refused() {
    return refused.get();
  }

  /** The first stuck one with the reason; null if there is none. */
  public @Nullable String firstStuck() {
    return firstStuck;
  }

  /** The last class that could not be woven, with the reason; null if there is none. */
  public @Nullable String failure() {
    return failure;
  }

  /** A class that a rule names and that has none of the rule's methods; null if there is none. */
  public @Nullable String unlike() {
    return unlike;
  }
}
