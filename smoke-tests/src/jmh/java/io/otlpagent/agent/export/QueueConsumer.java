package io.otlpagent.agent.export;

import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.instrumentation.trace.Span;

/** Takes spans out of a queue, as fast as they come, on a thread of its own. */
final class QueueConsumer {

  private final SpanQueue queue;
  private final Thread thread = new Thread(this::drain, "consumer");

  private QueueConsumer(SpanQueue queue) {
    this.queue = queue;
  }

  static QueueConsumer start(SpanQueue queue) {
    QueueConsumer consumer = new QueueConsumer(queue);
    consumer.thread.setDaemon(true);
    consumer.thread.start();
    return consumer;
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void drain() {
    Span[] batch = new Span[512];
    while (!Thread.currentThread().isInterrupted()) {
      if (queue.drainTo(batch) == 0) {
        Thread.onSpinWait();
      }
    }
  }
}
