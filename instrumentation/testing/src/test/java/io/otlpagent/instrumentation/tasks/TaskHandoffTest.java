package io.otlpagent.instrumentation.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.NamedSpan;
import io.otlpagent.instrumentation.testing.WovenJvm;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.ContextEntry;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the plugin of a pool, event loop or reactive library relies on. */
class TaskHandoffTest {

  private static final String LIBRARY = "handoff-test";

  private final TaskHandoff handoff = new TaskHandoff(LIBRARY);
  private final Span span = new NamedSpan("submitter", SpanKind.SERVER);
  private final Span other = new NamedSpan("worker", SpanKind.SERVER);
  private final Object task = new Object();
  private final Object executor = new Object();

  @AfterEach
  void leave() {
    Context.swap(null);
    InstrumentationScope.of(LIBRARY).enable(true);
  }

  @Test
  void keptSpanIsCurrentWhileTheTaskRuns() {
    keptIn(span);
    Context.swap(other);

    Object was = TaskHandoff.enter(task, executor);
    assertThat(Context.current()).isSameAs(span);
    TaskHandoff.exit(was);

    assertThat(Context.current()).isSameAs(other);
  }

  @Test
  void whatAnEntryCarriesGoesWithTheTask() {
    ContextEntry carriesMore = () -> span;

    keptIn(carriesMore);

    TaskHandoff.begin(task, executor);
    assertThat(Context.entry()).isSameAs(carriesMore);
    TaskHandoff.end();
    assertThat(Context.entry()).isNull();
  }

  @Test
  void entryOutsideAnySpanGoesWithTheTask() {
    ContextEntry baggageOnly = () -> null;

    keptIn(baggageOnly);

    TaskHandoff.begin(task, executor);
    assertThat(Context.entry()).isSameAs(baggageOnly);
  }

  @Test
  void taskThatWasSubmittedOutsideAnySpanRunsInNone() {
    keptIn(span);
    keptIn(null);
    Context.swap(other);

    Object was = TaskHandoff.enter(task, executor);
    assertThat(Context.current()).isNull();
    TaskHandoff.exit(was);

    assertThat(Context.current()).isSameAs(other);
    TaskHandoff.forgetAll(task);
  }

  @Test
  void unknownTaskRunsInNoSpan() {
    Context.swap(other);

    Object was = TaskHandoff.enter(new Object(), executor);
    assertThat(Context.current()).isNull();
    TaskHandoff.exit(was);

    assertThat(Context.current()).isSameAs(other);
  }

  @Test
  void oneTaskOfTwoExecutorsIsToldApart() {
    Object second = new Object();
    Context.swap(span);
    handoff.keep(task, executor);
    Context.swap(other);
    handoff.keep(task, second);
    Context.swap(null);

    assertThat(ranIn(executor)).isSameAs(span);
    assertThat(ranIn(second)).isSameAs(other);
  }

  @Test
  void taskThatWaitsForAnyExecutorWaitsOnce() {
    Context.swap(span);
    handoff.keepOnly(task);
    Context.swap(other);
    handoff.keepOnly(task);
    Context.swap(null);

    assertThat(ranIn(null)).isSameAs(other);
    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void attemptLeavesTheTaskWaiting() {
    Context.swap(span);
    handoff.keepOnly(task);
    Context.swap(null);

    TaskHandoff.exit(TaskHandoff.attempt(task));

    assertThat(Context.current()).isNull();
    assertThat(ranIn(null)).isSameAs(span);
  }

  @Test
  void failedSubmissionIsForgotten() {
    Object kept = keptIn(span);

    TaskHandoff.forget(kept);

    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void refusedTaskIsForgottenAndTheOthersOfTheSameObjectAreNot() {
    keptIn(other);
    Context.swap(span);
    handoff.keep(task, executor);

    handoff.forgetRefused(task, executor);
    Context.swap(null);

    assertThat(ranIn(executor)).isSameAs(other);
    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void taskThatIsTakenBackIsForgotten() {
    keptIn(span);

    TaskHandoff.forget(task, executor);

    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void doubtfulTaskStillRunsInItsSpan() {
    keptIn(span);

    TaskHandoff.doubt(task, executor);

    assertThat(ranIn(executor)).isSameAs(span);
  }

  @Test
  void doubtfulTaskIsForgottenAfterManyOthers() {
    keptIn(span);

    TaskHandoff.doubt(task, executor);
    for (int i = 0; i < 4096; i++) {
      Object each = new Object();
      Context.swap(span);
      handoff.keep(each, executor);
      TaskHandoff.doubt(each, executor);
      Context.swap(null);
    }

    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void nothingIsKeptWhileTheLibraryIsSwitchedOff() {
    InstrumentationScope.of(LIBRARY).enable(false);

    keptIn(span);

    assertThat(TaskHandoff.waits(task)).isFalse();
  }

  @Test
  void newThreadBeginsWithTheSpan() throws Throwable {
    WovenJvm.weave();
    AtomicReference<Span> seen = new AtomicReference<>();
    Thread thread = new Thread(() -> seen.set(Context.current()));
    Context.swap(span);

    handoff.inherit(thread);
    thread.start();
    thread.join();

    assertThat(seen.get()).isSameAs(span);
  }

  @Test
  void nullIsIgnored() throws Throwable {
    Context.swap(span);

    assertThat(handoff.keep(null, executor)).isNull();
    handoff.keepOnly(null);
    handoff.inherit(null);
    TaskHandoff.forget(null);
    TaskHandoff.forgetAll(null);
    TaskHandoff.doubt(null, executor);
    TaskHandoff.begin(null, executor);

    assertThat(TaskHandoff.enter(null, executor)).isNull();
    assertThat(Context.current()).isSameAs(span);
  }

  private Object keptIn(ContextEntry entry) {
    ContextEntry was = Context.swap(entry);
    Object kept = handoff.keep(task, executor);
    Context.swap(was);
    return kept;
  }

  private Span ranIn(Object where) {
    Object was = TaskHandoff.enter(task, where);
    Span span = Context.current();
    TaskHandoff.exit(was);
    return span;
  }
}
