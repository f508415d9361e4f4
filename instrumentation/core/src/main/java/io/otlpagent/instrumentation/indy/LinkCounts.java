package io.otlpagent.instrumentation.indy;

import io.otlpagent.instrumentation.util.WeakMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many calls each plugin has been linked to, and what its library lacks if it stays out.
 * Written by application threads while they link, read by the endpoint.
 */
public final class LinkCounts {

  /** One plugin, over all application class loaders. */
  private static final class Entry {
    final AtomicInteger linked = new AtomicInteger();
    final AtomicInteger confirmed = new AtomicInteger();
    volatile @Nullable String missing;
  }

  private final Map<String, Entry> plugins = new ConcurrentHashMap<>();
  private final WeakMap<Class<?>, Boolean> confirmed = new WeakMap<>(64);

  LinkCounts() {}

  void linked(String plugin) {
    entry(plugin).linked.incrementAndGet();
  }

  /** A class that was woven on a condition has turned out to meet it. */
  void confirmed(String plugin, Class<?> type) {
    if (confirmed.get(type) == null) {
      confirmed.put(type, Boolean.TRUE);
      entry(plugin).confirmed.incrementAndGet();
    }
  }

  void refused(String plugin, String missing) {
    entry(plugin).missing = missing;
  }

  private Entry entry(String plugin) {
    Entry entry = plugins.get(plugin);
    if (entry == null) {
      Entry made = new Entry();
      entry = plugins.putIfAbsent(plugin, made);
      return entry == null ? made : entry;
    }
    return entry;
  }

  /**
   * Calls that have reached the plugin and therefore work.
   *
   * @param plugin the package of the library
   */
  public int count(String plugin) {
    Entry entry = plugins.get(plugin);
    return entry == null ? 0 : entry.linked.get();
  }

  /**
   * Classes that were woven on a condition and met it when they first ran. Two threads that run one
   * at once may count it twice.
   *
   * @param plugin the package of the library
   */
  public int confirmed(String plugin) {
    Entry entry = plugins.get(plugin);
    return entry == null ? 0 : entry.confirmed.get();
  }

  /** The same for all plugins. */
  public long confirmed() {
    long sum = 0;
    for (Entry entry : plugins.values()) {
      sum += entry.confirmed.get();
    }
    return sum;
  }

  /** What the library lacks, in the form of the JVM; null if the plugin was never refused. */
  public @Nullable String missing(String plugin) {
    Entry entry = plugins.get(plugin);
    return entry == null ? null : entry.missing;
  }
}
