package io.otlpagent.instrumentation.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class WeakMapTest {

  private static final int THREADS = 4;
  private static final int KEYS = 20_000;

  private final WeakMap<Object, Object> map = new WeakMap<>(64);

  @Test
  void keysAreComparedByIdentity() {
    String key = new String("key");
    map.put(key, "value");

    assertThat(map.get(key)).isEqualTo("value");
    assertThat(map.get(new String("key"))).isNull();
  }

  @Test
  void laterValueReplacesTheEarlierOne() {
    Object key = new Object();
    map.put(key, "one");
    map.put(key, "two");

    assertThat(map.get(key)).isEqualTo("two");
    assertThat(map.size()).isEqualTo(1);
  }

  @Test
  void removedKeyIsForgottenAndMayComeBack() {
    Object key = new Object();
    map.put(key, "one");

    assertThat(map.remove(key)).isEqualTo("one");
    assertThat(map.remove(key)).isNull();
    assertThat(map.get(key)).isNull();

    map.put(key, "two");

    assertThat(map.get(key)).isEqualTo("two");
  }

  @Test
  void deadKeysAreForgottenByCleaning() {
    Object kept = new Object();
    map.put(kept, "kept");
    for (int i = 0; i < 1000; i++) {
      map.put(new Object(), "value");
    }

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              WeakTables.cleanAll();
              return map.size() == 1;
            });

    assertThat(map.get(kept)).isEqualTo("kept");
  }

  @Test
  void deadKeysAreForgottenByTheNextKeyOfTheirBucket() {
    WeakMap<Object, Object> single = new WeakMap<>(1);
    for (int i = 0; i < 1000; i++) {
      single.remove(put(single, new Object()));
    }

    assertThat(single.size()).isEqualTo(1);
  }

  @Test
  void mapItselfIsNotKept() {
    WeakReference<WeakMap<Object, Object>> dropped = new WeakReference<>(new WeakMap<>(1));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              System.gc();
              WeakTables.cleanAll();
              return dropped.get() == null;
            });
  }

  @Test
  void noLiveKeyIsLostWhileOthersComeAndGo() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
    List<Future<Integer>> lost = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      lost.add(pool.submit(() -> lostOfOneThread(start)));
    }
    Future<?> cleaning =
        pool.submit(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                WeakTables.cleanAll();
              }
            });

    start.countDown();

    for (Future<Integer> thread : lost) {
      assertThat(thread.get()).isZero();
    }
    cleaning.cancel(true);
    pool.shutdownNow();
  }

  private int lostOfOneThread(CountDownLatch start) throws InterruptedException {
    start.await();
    List<Object> keys = new ArrayList<>();
    int lost = 0;
    for (int i = 0; i < KEYS; i++) {
      Object kept = put(map, new Object());
      keys.add(kept);
      map.remove(put(map, new Object()));
      Object earlier = keys.get(i / 2);
      lost += map.get(earlier) == earlier ? 0 : 1;
    }
    for (Object key : keys) {
      lost += map.get(key) == key ? 0 : 1;
      map.remove(key);
    }
    return lost;
  }

  private static Object put(WeakMap<Object, Object> map, Object key) {
    map.put(key, key);
    return key;
  }
}
