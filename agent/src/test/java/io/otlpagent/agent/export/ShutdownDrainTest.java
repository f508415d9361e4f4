package io.otlpagent.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ShutdownDrainTest {

  private static final long HOUR_MILLIS = 3_600_000;

  private final ScriptedSender sender = new ScriptedSender();

  @Test
  void spansThatEndAfterTheShutdownBeganAreExported() throws Exception {
    Pipeline pipeline = running();
    Span first = pipeline.begin("first");
    Span second = pipeline.begin("second");
    pipeline.record(1);
    FutureTask<String> shutdown = inBackground(() -> pipeline.shutdown(HOUR_MILLIS));
    await().until(() -> pipeline.ledger.exported() == 1);

    pipeline.end(first);
    await().until(() -> pipeline.ledger.exported() == 2);
    pipeline.end(second);

    assertThat(shutdown.get()).isEqualTo("flushed 3, lost 0");
    assertBalanced(pipeline);
  }

  @Test
  void aSpanThatDoesNotEndDoesNotHoldTheExitForLong() throws Exception {
    Pipeline pipeline = running();
    Span endless = pipeline.begin("endless");
    pipeline.record(1);

    String summary = pipeline.shutdown(HOUR_MILLIS);

    assertThat(summary)
        .isEqualTo("flushed 1, lost 0; 1 not ended, lost if they end later (already_shutdown)");
    pipeline.thread.join(60_000);
    pipeline.end(endless);
    assertThat(pipeline.ledger.dropped(DropReason.SHUTDOWN)).isEqualTo(1);
    assertBalanced(pipeline);
  }

  @Test
  void spansOfTheThreadThatExitsAreNotWaitedFor() throws Exception {
    Pipeline pipeline = running();
    Span outer = pipeline.begin("outer");
    Span inner = pipeline.begin("inner");
    Context.enter(outer);
    Context.enter(inner);
    List<Span> stopped = Context.entered();
    Context.exit(inner);
    Context.exit(outer);
    ShutdownDrain drain = new ShutdownDrain(pipeline.queue, pipeline.delivery);

    drain.stopped(stopped);

    assertThat(stopped).containsExactly(inner, outer);
    assertThat(drain.lives()).isFalse();
    Span another = pipeline.begin("another");
    assertThat(drain.lives()).isTrue();
    pipeline.end(another);
    assertThat(drain.lives()).isFalse();
    pipeline.end(inner);
    assertThat(drain.lives()).isFalse();
    pipeline.close();
  }

  @Test
  void aRequestThatIsParkedIsNotWaitedForUntilAThreadGoesOnWithIt() throws Exception {
    Pipeline pipeline = running();
    ShutdownDrain drain = new ShutdownDrain(pipeline.queue, pipeline.delivery);
    Span span = pipeline.begin("later");

    pipeline.tracer.park(span);
    pipeline.tracer.park(span);
    assertThat(drain.lives()).isFalse();
    pipeline.tracer.unpark(span);
    assertThat(drain.lives()).isTrue();
    pipeline.tracer.park(span);
    pipeline.end(span);
    pipeline.tracer.park(span);

    assertThat(drain.lives()).isFalse();
    assertThat(pipeline.counters.parked()).isZero();
    pipeline.close();
  }

  @Test
  void aChildOfAParkedRequestIsWaitedFor() throws Exception {
    Pipeline pipeline = running();
    ShutdownDrain drain = new ShutdownDrain(pipeline.queue, pipeline.delivery);
    Span span = pipeline.begin("later");
    pipeline.tracer.park(span);
    Span child = new TestSpan("child");

    pipeline.tracer.startAt(child, span, System.nanoTime());

    assertThat(drain.lives()).isTrue();
    pipeline.end(child);
    assertThat(drain.lives()).isFalse();
    assertThat(pipeline.counters.parked()).isEqualTo(1);
    pipeline.close();
  }

  @Test
  void anIdleExporterIsNotWaitedForAndStaysForWhatComesYet() throws Exception {
    Pipeline pipeline = running();
    pipeline.record(1);
    assertThat(pipeline.flush()).isTrue();

    assertThat(pipeline.exporter.endIdle(Pipeline.HOUR)).isTrue();

    assertThat(pipeline.exporter.running()).isTrue();
    pipeline.record(3);
    await().until(() -> pipeline.ledger.exported() == 4);
    assertBalanced(pipeline);
    pipeline.close();
    assertThat(pipeline.exporter.running()).isFalse();
  }

  @Test
  void anExporterThatHasSomethingToDoIsWaitedFor() throws Exception {
    Pipeline pipeline = running();
    Span live = pipeline.begin("live");
    assertThat(pipeline.exporter.endIdle(Pipeline.HOUR)).isFalse();

    pipeline.end(live);

    assertThat(pipeline.exporter.endIdle(Pipeline.HOUR)).isFalse();
    assertThat(pipeline.shutdown(HOUR_MILLIS)).isEqualTo("flushed 1, lost 0");
  }

  private Pipeline running() {
    Pipeline pipeline = new Pipeline(64, Pipeline.settings(10), sender).start();
    await().until(pipeline.exporter::running);
    return pipeline;
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "shutdown-of-the-test");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static void assertBalanced(Pipeline pipeline) {
    assertThat(pipeline.ledger.accounted())
        .as("%s", pipeline.ledger)
        .isEqualTo(pipeline.ledger.started() + pipeline.ledger.recovered());
  }
}
