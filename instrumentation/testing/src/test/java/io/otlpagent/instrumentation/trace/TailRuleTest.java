package io.otlpagent.instrumentation.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.NamedSpan;
import io.otlpagent.instrumentation.trace.sampling.LayeredSampler;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.trace.sampling.RatioSampler;
import io.otlpagent.instrumentation.trace.sampling.SamplingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TailRuleTest {

  private static final long SLOW = TimeUnit.SECONDS.toNanos(1);
  private static final int PER_TRACE = 512;
  private static final int ALL = 8192;

  private final Queue<Span> ended = new ConcurrentLinkedQueue<>();
  private final AtomicLong lost = new AtomicLong();
  private final SpanCounters counters = new SpanCounters();
  private TailRule rule = new TailRule(true, SLOW, PER_TRACE, ALL);
  private final Tracer tracer =
      new Tracer(
          passingOver(rule),
          new IdGenerator(1, 2),
          new TimeSource(),
          counters,
          new SpanProcessor() {
            @Override
            public void onEnd(Span span) {
              ended.add(span);
            }

            @Override
            public void onLost(int spans) {
              lost.addAndGet(spans);
            }
          });

  @Test
  void aTraceWithAFailedSpanIsKeptWhole() {
    Span root = root();
    Span good = child(root);
    Span bad = child(good);
    bad.fail("500", null);
    bad.recordException(new IllegalStateException("bad"));

    assertThat(root.sampled()).isFalse();
    assertThat(root.recorded()).isTrue();
    assertThat(root.flags()).isEqualTo(SpanContext.RANDOM);
    end(bad, good);
    assertThat(ended).isEmpty();
    assertThat(rule.held()).isEqualTo(2);
    assertThat(counters.started()).isZero();
    end(root);

    assertThat(ended).containsExactlyInAnyOrder(root, good, bad);
    assertThat(ended).allMatch(Span::sampled).allMatch(span -> span.traceState() == null);
    assertThat(bad.exception()).isNotNull();
    assertThat(rule.held()).isZero();
    assertThat(counters.started()).isEqualTo(3);
    assertThat(counters.live()).isZero();
    assertThat(counters.notSampled()).isZero();
    assertThat(lost).hasValue(0);
  }

  @Test
  void aFailedRootAloneIsKept() {
    Span root = root();
    root.fail("500", null);

    end(root);

    assertThat(ended).containsExactly(root);
  }

  @Test
  void aSlowRootIsKeptAndASlowChildIsNoReason() {
    Span slow = root();
    Span slowChild = child(slow);
    end(slowChild);
    tracer.endAt(slow, slow.startNanoTime + SLOW + 1);
    Span quick = root();
    Span child = child(quick);
    tracer.endAt(child, child.startNanoTime + 2 * SLOW);
    tracer.endAt(quick, quick.startNanoTime + SLOW);

    assertThat(ended).containsExactly(slow, slowChild);
  }

  @Test
  void whatIsNeitherFailedNorSlowIsLetGoAndNoted() {
    Span root = root();
    end(child(root), root);

    assertThat(ended).isEmpty();
    assertThat(rule.held()).isZero();
    assertThat(counters.notSampled()).isEqualTo(2);
    assertThat(counters.started()).isZero();
    assertThat(tracer.unsampledRequests().entries())
        .singleElement()
        .hasToString("root: ratio 0.0; neither failed nor slow");
  }

  @Test
  void spansThatEndAfterTheirRootFollowIt() {
    Span kept = root();
    Span lateOfKept = child(kept);
    kept.fail("500", null);
    end(kept);
    Span startedLate = child(kept);
    Span other = root();
    Span lateOfOther = child(other);
    end(other);
    lateOfOther.fail("500", null);
    end(lateOfKept, startedLate, lateOfOther);

    assertThat(ended).containsExactly(kept, lateOfKept, startedLate);
    assertThat(startedLate.sampled()).isTrue();
    assertThat(counters.notSampled()).isEqualTo(2);
    assertThat(counters.started()).isEqualTo(3);
    assertThat(counters.live()).isZero();
  }

  @Test
  void oneTraceHoldsSoManySpansAndCountsTheOthersAsLost() {
    Span root = root();
    for (int i = 0; i < PER_TRACE + 100; i++) {
      end(child(root));
    }
    root.fail("500", null);
    end(root);

    assertThat(ended).hasSize(PER_TRACE + 1);
    assertThat(lost).hasValue(100);
    assertThat(counters.started()).isEqualTo(PER_TRACE + 101);
    assertThat(counters.live()).isZero();
  }

  @Test
  void allTracesTogetherHoldSoManySpans() {
    List<Span> roots = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      Span root = root();
      roots.add(root);
      end(child(root), child(root), child(root));
    }

    assertThat(rule.held()).isBetween(ALL * 9 / 10, ALL);
    int held = rule.held();

    for (Span root : roots) {
      root.fail("500", null);
      end(root);
    }

    assertThat(ended).hasSize(10_000 + held);
    assertThat(lost).hasValue(30_000 - held);
    assertThat(counters.started()).isEqualTo(40_000);
    assertThat(counters.live()).isZero();
    assertThat(rule.held()).isZero();
  }

  @Test
  void whatNobodyWantsIsNotHeld() {
    SamplingRule ignore =
        new SamplingRule("rule 1", new SamplingRule.Match(SpanKind.CLIENT, null, null), 0, 0);
    tracer.reconfigure(
        new LayeredSampler(
            new ParentBasedSampler(Sampler.ALWAYS_OFF), new SamplingRule[] {ignore}, 0, rule));
    Span off = root();
    Span ignored = new NamedSpan("ignored", SpanKind.CLIENT);
    tracer.start(ignored);
    Span remote = new NamedSpan("remote", SpanKind.SERVER);
    tracer.startRemote(remote, new SpanContext(1, 2, 3, 0, null), null);

    assertThat(List.of(off, ignored, remote)).noneMatch(Span::recorded);
    off.fail("500", null);
    end(off, ignored, remote);
    assertThat(ended).isEmpty();
    assertThat(tracer.unsampledRequests().entries())
        .extracting(UnsampledRequests.Entry::toString)
        .containsExactly(
            "remote: the caller's trace is not sampled",
            "ignored: rule 1: ignored",
            "root: sampler always_off");
  }

  @Test
  void aSlowRootThatDoesNotEndIsDecidedAfterAMinute() {
    Span root = root();
    Span child = child(root);
    end(child);

    rule.sweep(tracer, root.startNanoTime + TimeUnit.SECONDS.toNanos(59));
    assertThat(ended).isEmpty();
    rule.sweep(tracer, root.startNanoTime + TimeUnit.SECONDS.toNanos(61));
    assertThat(ended).containsExactly(child);
    assertThat(rule.held()).isZero();
    end(child(root), root);

    assertThat(ended).hasSize(3).contains(root);
    assertThat(counters.started()).isEqualTo(3);
    assertThat(counters.live()).isZero();
  }

  @Test
  void ofAnIncidentSoManyTracesASecondAreKeptAndTheOthersCounted() {
    rule = new TailRule(true, 0, PER_TRACE, ALL).atMost(10);
    tracer.reconfigure(passingOver(rule));
    long now = System.nanoTime();

    for (int i = 0; i < 1000; i++) {
      failed(now + TimeUnit.MILLISECONDS.toNanos(i));
    }

    // Ten at once after a quiet second, and ten in the second.
    assertThat(ended.size()).isBetween(18 * 2, 20 * 2);
    assertThat(counters.notKept()).isEqualTo(1000 - ended.size() / 2);
    assertThat(counters.notSampled()).isEqualTo(counters.notKept() * 2);
    assertThat(counters.live()).isZero();
    assertThat(rule.held()).isZero();
  }

  @Test
  void aTraceThatIsNotWorthKeepingTakesNoPlaceOfOthers() {
    rule = new TailRule(true, 0, PER_TRACE, ALL).atMost(1);
    tracer.reconfigure(passingOver(rule));
    for (int i = 0; i < 10; i++) {
      end(root());
    }

    failed(System.nanoTime());

    assertThat(ended).hasSize(2);
    assertThat(counters.notKept()).isZero();
  }

  private void failed(long nanoTime) {
    Span root = new NamedSpan("root", SpanKind.SERVER);
    tracer.startAt(root, null, nanoTime);
    Span child = child(root);
    root.fail("500", null);
    tracer.endAt(child, nanoTime);
    tracer.endAt(root, nanoTime);
  }

  @Test
  void aRootThatDoesNotEndHoldsNothingForEver() {
    rule = new TailRule(true, 0, PER_TRACE, ALL);
    tracer.reconfigure(passingOver(rule));
    Span root = root();
    end(child(root), child(root));

    rule.sweep(tracer, root.startNanoTime + TimeUnit.SECONDS.toNanos(61));
    assertThat(rule.held()).isZero();
    assertThat(ended).isEmpty();
    end(child(root));
    assertThat(rule.held()).isZero();
    root.fail("500", null);
    end(root);

    assertThat(ended).containsExactly(root);
    assertThat(lost).hasValue(3);
    assertThat(counters.started()).isEqualTo(4);
    assertThat(counters.live()).isZero();
  }

  @Test
  void aTraceIsDecidedByTheRuleThatItStartedUnder() {
    Span root = root();
    end(child(root));
    tracer.reconfigure(Sampler.ALWAYS_ON);
    Span next = root();
    root.fail("500", null);
    end(root, next);

    assertThat(ended).hasSize(3).contains(root, next);
    assertThat(counters.started()).isEqualTo(3);
  }

  @Test
  void aReplacedRuleIsSweptUntilItHoldsNothing() {
    TailRule old = new TailRule(true, 1, PER_TRACE, ALL);
    tracer.reconfigure(passingOver(old));
    Span root = new NamedSpan("root", SpanKind.SERVER);
    tracer.startAt(root, null, System.nanoTime() - TimeUnit.MINUTES.toNanos(2));
    Span child = child(root);
    end(child);
    tracer.reconfigure(Sampler.ALWAYS_ON);
    tracer.reconfigure(passingOver(rule));

    tracer.sweepHeld();

    assertThat(ended).containsExactly(child);
    assertThat(old.held()).isZero();
  }

  @Test
  void theBoundHoldsForReplacedRulesAndTheirSuccessorsTogether() {
    tracer.reconfigure(passingOver(new TailRule(true, 0, PER_TRACE, 4)));
    Span first = root();
    end(child(first), child(first), child(first));
    tracer.reconfigure(Sampler.ALWAYS_ON);
    rule = new TailRule(true, 0, PER_TRACE, 4);
    tracer.reconfigure(passingOver(rule));
    Span second = root();

    end(child(second), child(second), child(second));
    assertThat(tracer.held()).isEqualTo(4);
    second.fail("500", null);
    end(second);

    assertThat(ended).hasSize(2).contains(second);
    assertThat(lost).hasValue(2);
    assertThat(tracer.held()).isEqualTo(3);
    end(first);
    assertThat(tracer.held()).isZero();
  }

  @Test
  void aTraceThatBeganUnderAReplacedRuleHoldsNothingForEver() {
    Span root = root();
    tracer.reconfigure(Sampler.ALWAYS_ON);
    long later = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);

    tracer.sweepHeld(later);
    end(child(root));
    tracer.sweepHeld(later);
    tracer.sweepHeld(later);
    end(child(root));

    assertThat(tracer.held()).isZero();
  }

  @Test
  void everySpanIsSettledOnceWhenThreadsEndThemTogether() throws Exception {
    int rounds = 2_000;
    int threads = 3;
    int children = 4;
    rule = new TailRule(true, 0, 8, 16);
    tracer.reconfigure(passingOver(rule));
    Span[] roots = new Span[rounds];
    for (int i = 0; i < rounds; i++) {
      roots[i] = root();
    }
    CyclicBarrier together = new CyclicBarrier(threads + 1);
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread worker =
          new Thread(
              () -> {
                for (Span root : roots) {
                  await(together);
                  for (int i = 0; i < children; i++) {
                    end(child(root));
                  }
                }
              });
      worker.start();
      workers.add(worker);
    }
    for (int i = 0; i < rounds; i++) {
      await(together);
      if (i % 2 == 0) {
        roots[i].fail("500", null);
      }
      if (i % 3 == 0) {
        rule.sweep(tracer, System.nanoTime() + TimeUnit.MINUTES.toNanos(2));
      }
      end(roots[i]);
    }
    for (Thread worker : workers) {
      worker.join();
    }

    long all = rounds * (1L + threads * children);
    assertThat(counters.started() + counters.notSampled()).isEqualTo(all);
    assertThat(counters.started()).isEqualTo(ended.size() + lost.get());
    assertThat(counters.live()).isZero();
    assertThat(rule.held()).isZero();
    assertThat(ended).doesNotHaveDuplicates();
    HeldTrace another = new HeldTrace(rule, SamplingDecision.passedOver("chance"), roots[0]);
    for (int place = 0; place < 32; place++) {
      assertThat(rule.register(another, place)).as("the place is free").isEqualTo(place);
    }
  }

  private static Sampler passingOver(TailRule rule) {
    return new LayeredSampler(
        new ParentBasedSampler(new RatioSampler(0)), new SamplingRule[0], 0, rule);
  }

  private Span root() {
    Span span = new NamedSpan("root", SpanKind.INTERNAL);
    tracer.start(span);
    return span;
  }

  private Span child(Span parent) {
    Span span = new NamedSpan("child", SpanKind.INTERNAL);
    tracer.startAt(span, requireNonNull(parent), System.nanoTime());
    return span;
  }

  private void end(Span... spans) {
    for (Span span : spans) {
      tracer.end(span);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
