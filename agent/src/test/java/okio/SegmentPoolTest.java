package okio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SegmentPoolTest {

  @Test
  void aSegmentComesBackEmpty() {
    Segment segment = SegmentPool.take();
    segment.limit = 5;
    segment.pos = 3;

    SegmentPool.recycle(segment);

    Segment again = SegmentPool.take();
    assertThat(again).isSameAs(segment);
    assertThat(again.pos).isZero();
    assertThat(again.limit).isZero();
  }

  @Test
  void aSharedSegmentIsNotUsedAgain() {
    Segment segment = SegmentPool.take();
    Segment copy = segment.sharedCopy();

    SegmentPool.recycle(segment);
    SegmentPool.recycle(copy);

    assertThat(SegmentPool.take()).isNotIn(segment, copy);
  }

  @Test
  void aSegmentInABufferIsRefused() {
    Segment segment = SegmentPool.take();
    segment.next = segment;

    assertThatThrownBy(() -> SegmentPool.recycle(segment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noMoreThanTheCapacityIsKept() {
    List<Segment> taken = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      taken.add(SegmentPool.take());
    }

    taken.forEach(SegmentPool::recycle);

    assertThat(SegmentPool.INSTANCE.getByteCount())
        .isEqualTo(SegmentPool.INSTANCE.getMAX_SIZE())
        .isEqualTo(512 * 1024);
  }

  @Test
  void noTwoThreadsOwnOneSegment() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      byte mark = (byte) i;
      runs.add(threads.submit(() -> takeAndRecycle(mark)));
    }
    for (Future<?> run : runs) {
      run.get();
    }
    threads.shutdown();
  }

  private static void takeAndRecycle(byte mark) {
    Random random = new Random(mark);
    List<Segment> mine = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      if (random.nextBoolean()) {
        Segment segment = SegmentPool.take();
        segment.data[0] = mark;
        mine.add(segment);
      } else if (!mine.isEmpty()) {
        Segment segment = mine.remove(mine.size() - 1);
        assertThat(segment.data[0]).isEqualTo(mark);
        SegmentPool.recycle(segment);
      }
    }
  }
}
