package io.otlpagent.agent.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on a buffer, against a list in memory. */
class BufferModelTest {

  private static final int STEPS = 1500;
  private static final long AGE = 10_000;

  @TempDir private Path folder;

  /** What should be on disk. */
  private record Entry(int number, int spans, long time) {}

  private final Deque<Entry> model = new ArrayDeque<>();
  private long now = 1_000_000;
  private Books books = new Books();
  private int numbers;
  private int expired;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void withRoomItDoesWhatAListDoes(long seed) {
    Random random = new Random(seed);
    DiskBuffer buffer = buffer(256 << 20);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> append(buffer, random);
        case 4, 5, 6 -> take(buffer, true);
        case 7 -> take(buffer, false);
        case 8 -> now += random.nextInt(random.nextInt(20) == 0 ? 9000 : 100);
        default -> {
          if (random.nextInt(10) == 0) {
            buffer = restart(buffer);
          }
        }
      }
    }
    while (!model.isEmpty()) {
      take(buffer, true);
    }
    assertThat(buffer.oldest()).isNull();
    assertThat(buffer.bytes()).isZero();
    assertThat(books.lost(BufferLoss.EXPIRED)).isEqualTo(expired);
    assertThat(books.lost()).isEqualTo(expired);
    buffer.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void withoutRoomItKeepsTheNewest(long seed) {
    Random random = new Random(seed);
    DiskBuffer buffer = buffer(BufferSettings.MIN_BYTES);
    int added = 0;
    int settled = 0;
    int last = -1;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) > 0) {
        added += append(buffer, random);
        assertThat(buffer.bytes()).isLessThanOrEqualTo(BufferSettings.MIN_BYTES);
      } else {
        StoredBatch batch = buffer.oldest();
        if (batch != null) {
          int number = ByteBuffer.wrap(buffer.request(batch)).getInt();
          assertThat(number).isGreaterThan(last);
          last = number;
          settled += batch.spans();
          assertThat(buffer.settle(batch)).isTrue();
        }
      }
    }
    int left = 0;
    int newest = -1;
    StoredBatch batch;
    while ((batch = buffer.oldest()) != null) {
      newest = ByteBuffer.wrap(buffer.request(batch)).getInt();
      left += batch.spans();
      buffer.settle(batch);
    }
    assertThat(newest).isEqualTo(numbers - 1);
    assertThat(books.lost(BufferLoss.FULL)).isPositive();
    assertThat(settled + left + books.lost(BufferLoss.FULL)).isEqualTo(added);
    buffer.close();
  }

  private int append(DiskBuffer buffer, Random random) {
    Entry entry = new Entry(numbers++, 1 + random.nextInt(20), now);
    byte[] request = new byte[4 + random.nextInt(2000)];
    ByteBuffer.wrap(request).putInt(entry.number);
    assertThat(buffer.append(request, request.length, entry.spans)).isNotNull();
    model.add(entry);
    return entry.spans;
  }

  private void take(DiskBuffer buffer, boolean settle) {
    expire();
    StoredBatch batch = buffer.oldest();
    Entry expected = model.peek();
    if (expected == null) {
      assertThat(batch).isNull();
      return;
    }
    assertThat(batch).isNotNull();
    assertThat(batch.spans()).isEqualTo(expected.spans);
    assertThat(ByteBuffer.wrap(buffer.request(batch)).getInt()).isEqualTo(expected.number);
    if (settle) {
      assertThat(buffer.settle(batch)).isTrue();
      model.poll();
    }
  }

  private DiskBuffer restart(DiskBuffer buffer) {
    buffer.close();
    int before = books.recovered;
    DiskBuffer next = buffer(256 << 20);
    int left = model.stream().mapToInt(Entry::spans).sum();
    next.adopt();
    assertThat(books.recovered - before).isEqualTo(left);
    expire();
    return next;
  }

  private void expire() {
    while (!model.isEmpty() && now - model.peek().time > AGE) {
      expired += model.poll().spans;
    }
  }

  private DiskBuffer buffer(long maxBytes) {
    return new DiskBuffer(
        new BufferSettings(folder.resolve("spans").toFile(), "shop", maxBytes, AGE),
        books,
        () -> now,
        new PrivateFiles());
  }
}
