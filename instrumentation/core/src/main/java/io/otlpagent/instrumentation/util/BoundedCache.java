package io.otlpagent.instrumentation.util;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was used lately, up to twice a given weight. Any thread; a hit takes no lock.
 *
 * <p>There are two generations. When the young one is full it becomes the old one, and what was old
 * is forgotten unless it has been asked for since.
 */
public final class BoundedCache<K, V> {

  private final int maxWeight;

  // Replaced by whoever fills it; of two that do so at once, one loses a few entries.
  private volatile Generation<K, V> current;

  /**
   * @param maxWeight of each of the two generations
   */
  public BoundedCache(int maxWeight) {
    this.maxWeight = maxWeight;
    this.current = new Generation<>(Collections.emptyMap());
  }

  public @Nullable V get(K key, int weight) {
    Generation<K, V> generation = current;
    V value = generation.young.get(key);
    if (value == null) {
      value = generation.old.get(key);
      if (value != null) {
        put(key, value, weight);
      }
    }
    return value;
  }

  public void put(K key, V value, int weight) {
    Generation<K, V> generation = current;
    if (generation.young.putIfAbsent(key, value) == null
        && generation.weight.addAndGet(weight) > maxWeight) {
      current = new Generation<>(generation.young);
    }
  }

  /** How many entries there are. */
  public int size() {
    Generation<K, V> generation = current;
    return generation.young.size() + generation.old.size();
  }

  private static final class Generation<K, V> {

    final ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    final Map<K, V> old;
    final AtomicInteger weight = new AtomicInteger();

    Generation(Map<K, V> old) {
      this.old = old;
    }
  }
}
