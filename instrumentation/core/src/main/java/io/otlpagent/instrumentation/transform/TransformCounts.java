package io.otlpagent.instrumentation.transform;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final LongAdder rewoven = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicReference<@Nullable String> lastRefused = new AtomicReference<>();
  private final AtomicReference<@Nullable String> lastFailure = new AtomicReference<>();
  private final Map<String, PluginCounts> plugins = new ConcurrentHashMap<>();

  /** Has {@link #nanosByClass} kept. Called before the first class is seen. */
  public void profile() {
    profiled = true;
  }

  /** When a class begins to be looked at; 0 if nobody asks. */
  long start() {
    return profiled ? System.nanoTime() : 0;
  }

  /**
   * A class is woven.
   *
   * @param startNanoTime what {@link #start} said before
   */
  void took(String className, long startNanoTime) {
    if (startNanoTime != 0 && nanos.size() < MAX_CLASSES) {
      nanos.merge(className.replace('/', '.'), System.nanoTime() - startNanoTime, Long::sum);
    }
  }

  /** How long each woven class took, if that is kept; a copy. */
  public Map<String, Long> nanosByClass() {
    return new TreeMap<>(nanos);
  }

  /**
   * A class was woven. One that was woven on a condition is counted when it meets it.
   *
   * @param loadedBefore whether the class had been loaded without us
   */
  void woven(List<WovenMethod> methods, boolean loadedBefore) {
    Set<String> certain = new HashSet<>();
    Set<String> open = new HashSet<>();
    for (WovenMethod method : methods) {
      (method.condition == null ? certain : open).add(method.plugin);
    }
    if (!certain.isEmpty()) {
      woven.increment();
      if (loadedBefore) {
        rewoven.increment();
      }
    }
    open.removeAll(certain);
    for (String name : certain) {
      plugin(name).addWoven();
    }
    for (String name : open) {
      plugin(name).addOpen();
    }
  }

  /** A rule names this class, which has none of the methods. */
  void unlike(List<WovenMethod> methods, String className) {
    for (WovenMethod method : methods) {
      plugin(method.plugin).foundUnlike(className.replace('/', '.'));
    }
  }

  /** A class that was loaded before us is of a kind that no agent can change: a hidden one. */
  void unmodifiable(Iterable<String> pluginNames, String className) {
    for (String name : pluginNames) {
      plugin(name).addStuck(className + ": the JVM does not change such classes");
    }
  }

  /** A class that was loaded before us could not be changed. */
  void refused(Iterable<String> pluginNames, String className, Throwable reason) {
    refused.increment();
    String description = className + ": the JVM refuses to change it: " + reason;
    lastRefused.set(description);
    for (String name : pluginNames) {
      plugin(name).addStuck(description);
      plugin(name).addRefused();
    }
  }

  /**
   * A class could not be woven, or not all of it.
   *
   * @param methods none if it is not known whether it matches
   */
  void failed(List<WovenMethod> methods, String className, String reason) {
    failed.increment();
    String description = className.replace('/', '.') + ": " + reason;
    lastFailure.set(description);
    for (WovenMethod method : methods) {
      plugin(method.plugin).addFailure(description);
    }
  }

  /**
   * What became of the classes of one plugin.
   *
   * @param name the package of the library
   */
  public PluginCounts plugin(String name) {
    PluginCounts counts = plugins.get(name);
    if (counts == null) {
      PluginCounts made = new PluginCounts();
      counts = plugins.putIfAbsent(name, made);
      return counts == null ? made : counts;
    }
    return counts;
  }

  /** Classes that were woven although they had been loaded before the agent. */
  public long classesRewoven() {
    return rewoven.sum();
  }

  /** Classes that were woven, without those that were woven on a condition. */
  public long classesWoven() {
    return woven.sum();
  }

  /** Classes that were loaded before the agent and whose change the JVM refused. */
  public long classesRefused() {
    return refused.sum();
  }

  /** The last of those with the reason, in one line; null if there is none. */
  public @Nullable String lastRefused() {
    return lastRefused.get();
  }

  /** Classes that the agent could not weave, or not all of them; what is left runs as it is. */
  public long classesFailed() {
    return failed.sum();
  }

  /** The last failure, in one line; null if there was none. */
  public @Nullable String lastFailure() {
    return lastFailure.get();
  }
}
