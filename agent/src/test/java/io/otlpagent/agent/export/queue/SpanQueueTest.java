package io.otlpagent.agent.export.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.export.TestSpan;
import io.otlpagent.instrumentation.trace.Span;
import org.junit.jupiter.api.Test;

class SpanQueueTest {

  private final DropCounters drops = new DropCounters();
  private final SpanQueue queue = new SpanQueue(5, 4, drops, new ExporterAlarm());

  @Test
  void theCapacityIsAPowerOfTwo() {
    assertThat(queue.capacity()).isEqualTo(8);
  }

  @Test
  void aFullQueueDropsTheNewest() {
    for (int i = 0; i < 20; i++) {
      queue.onEnd(new TestSpan("span " + i));
    }

    Span[] batch = new Span[20];
    int count = queue.drainTo(batch);

    assertThat(count).isEqualTo(8);
    assertThat(batch[0].name()).isEqualTo("span 0");
    assertThat(batch[7].name()).isEqualTo("span 7");
    assertThat(drops.count(DropReason.QUEUE_FULL)).isEqualTo(12);
  }

  @Test
  void aBatchIsReadyWhenThatManyAreQueued() {
    for (int i = 0; i < 3; i++) {
      queue.onEnd(new TestSpan("span"));
    }

    assertThat(queue.batchReady()).isFalse();

    queue.onEnd(new TestSpan("span"));

    assertThat(queue.batchReady()).isTrue();
  }

  @Test
  void aQueueSmallerThanABatchIsReadyWhenItIsFull() {
    SpanQueue small = new SpanQueue(4, 512, drops, new ExporterAlarm());
    for (int i = 0; i < 4; i++) {
      small.onEnd(new TestSpan("span"));
    }

    assertThat(small.batchReady()).isTrue();
  }

  @Test
  void drainingTakesTheOldestFirstAndLeavesTheRest() {
    for (int i = 0; i < 5; i++) {
      queue.onEnd(new TestSpan("span " + i));
    }
    Span[] batch = new Span[2];

    assertThat(queue.drainTo(batch)).isEqualTo(2);

    assertThat(batch[1].name()).isEqualTo("span 1");
    assertThat(queue.size()).isEqualTo(3);
  }

  @Test
  void aClosedQueueCountsWhatComes() {
    queue.close();

    queue.onEnd(new TestSpan("late"));

    assertThat(queue.isEmpty()).isTrue();
    assertThat(drops.count(DropReason.SHUTDOWN)).isEqualTo(1);
  }
}
