package io.otlpagent.instrumentation.util;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known about objects of others, for as long as these live. Keys are weak and compared by
 * identity. Any thread; no locks, no reference queue, and a look-up allocates nothing.
 *
 * <p>Each bucket is a chain that grows at its head only. So whoever walks it may unlink what it
 * finds dead: two that do so at once may leave a dead node in place, never lose a live one.
 */
public final class WeakMap<K, V> implements WeakTables.Table {

  private static final int DEFAULT_BUCKETS = 1024;

  private final AtomicReferenceArray<@Nullable Node<K, V>> buckets;

  public WeakMap() {
    this(DEFAULT_BUCKETS);
  }

  /**
   * @param buckets a power of two; the table does not grow
   */
  public WeakMap(int buckets) {
    this.buckets = new AtomicReferenceArray<>(Integer.highestOneBit(buckets));
    WeakTables.add(this);
  }

  public @Nullable V get(K key) {
    Node<K, V> node = buckets.get(bucket(key));
    while (node != null) {
      if (node.get() == key) {
        return node.value;
      }
      node = node.next;
    }
    return null;
  }

  public void put(K key, V value) {
    int bucket = bucket(key);
    Node<K, V> made = null;
    while (true) {
      Node<K, V> head = withoutDead(bucket);
      Node<K, V> found = find(head, key);
      if (found != null) {
        found.value = value;
        return;
      }
      if (made == null) {
        made = new Node<>(key, value);
      }
      made.next = head;
      if (buckets.compareAndSet(bucket, head, made)) {
        return;
      }
    }
  }

  /** Forgets a key and returns what it had. */
  public @Nullable V remove(K key) {
    Node<K, V> node = find(buckets.get(bucket(key)), key);
    if (node == null) {
      return null;
    }
    V value = node.value;
    // Not clear(): it is a native call in Java 17. Whoever puts next unlinks the node.
    node.value = null;
    return value;
  }

  /** How many keys there are; dead ones count until somebody comes by. */
  public int size() {
    int size = 0;
    for (int i = 0; i < buckets.length(); i++) {
      for (Node<K, V> node = buckets.get(i); node != null; node = node.next) {
        size++;
      }
    }
    return size;
  }

  @Override
  public void clean() {
    for (int i = 0; i < buckets.length(); i++) {
      withoutDead(i);
    }
  }

  /** Unlinks the dead nodes of a bucket and returns its head. */
  private @Nullable Node<K, V> withoutDead(int bucket) {
    Node<K, V> head = buckets.get(bucket);
    while (head != null && head.dead()) {
      buckets.compareAndSet(bucket, head, head.next);
      head = buckets.get(bucket);
    }
    Node<K, V> node = head;
    while (node != null) {
      Node<K, V> next = node.next;
      if (next != null && next.dead()) {
        node.next = next.next;
      } else {
        node = next;
      }
    }
    return head;
  }

  private @Nullable Node<K, V> find(@Nullable Node<K, V> head, K key) {
    for (Node<K, V> node = head; node != null; node = node.next) {
      if (node.get() == key && node.value != null) {
        return node;
      }
    }
    return null;
  }

  private int bucket(K key) {
    int hash = System.identityHashCode(key);
    return (hash ^ (hash >>> 15)) & (buckets.length() - 1);
  }

  private static final class Node<K, V> extends WeakReference<K> {

    volatile @Nullable V value;
    volatile @Nullable Node<K, V> next;

    Node(K key, V value) {
      super(key);
      this.value = value;
    }

    /** Whether the key is gone, or was removed. */
    boolean dead() {
      return value == null || get() == null;
    }
  }
}
