package io.otlpagent.instrumentation.indy;

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
    volatile @Nullable String missing;
  }

  private final Map<String, Entry> plugins = new ConcurrentHashMap<>();

  LinkCounts() {}

  void linked(String plugin) {
    entry(plugin).linked.incrementAndGet();
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

  /** What the library lacks, in the form of the JVM; null if the plugin was never refused. */
  public @Nullable String missing(String plugin) {
    Entry entry = plugins.get(plugin);
    return entry == null ? null : entry.missing;
  }
}
