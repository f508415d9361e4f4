package io.otlpagent.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.NamedSpan;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracerTest {

  private final List<Span> ended = new ArrayList<>();
  private final SpanCounters counters = new SpanCounters();

  @AfterEach
  void nothingStaysCurrent() {
    assertThat(Context.current()).isNull();
  }

  @Test
  void aRootHasANewTraceAndTheRandomFlag() {
    Span root = started(tracer(Sampler.ALWAYS_ON), "root");

    assertThat(root.parentSpanId()).isZero();
    assertThat(root.flags()).isEqualTo(SpanContext.SAMPLED | SpanContext.RANDOM);
    assertThat(root.localRoot()).isSameAs(root);
    assertThat(root.spanId()).isNotZero();
  }

  @Test
  void aChildFollowsTheCurrentSpan() {
    Tracer tracer = tracer(Sampler.ALWAYS_ON);
    Span root = started(tracer, "root");

    Context.enter(root);
    Span child = started(tracer, "child");
    Context.exit(root);

    assertThat(child.traceIdHigh()).isEqualTo(root.traceIdHigh());
    assertThat(child.traceIdLow()).isEqualTo(root.traceIdLow());
    assertThat(child.parentSpanId()).isEqualTo(root.spanId());
    assertThat(child.parentRemote()).isFalse();
    assertThat(child.localRoot()).isSameAs(root);
    assertThat(child.startEpochNanos()).isGreaterThanOrEqualTo(root.startEpochNanos());
  }

  @Test
  void aRemoteParentIsContinuedWithItsStateAndFlags() {
    Tracer tracer = tracer(new ParentBasedSampler(Sampler.ALWAYS_OFF));
    Span span = new NamedSpan("server", SpanKind.SERVER);

    tracer.startRemote(span, new SpanContext(1, 2, 3, 0xFF, "a=b"), "k=v");

    assertThat(span.traceIdHigh()).isEqualTo(1);
    assertThat(span.traceIdLow()).isEqualTo(2);
    assertThat(span.parentSpanId()).isEqualTo(3);
    assertThat(span.parentRemote()).isTrue();
    assertThat(span.flags()).isEqualTo(SpanContext.SAMPLED | SpanContext.RANDOM);
    assertThat(span.traceState()).isEqualTo("a=b");
    assertThat(span.baggage()).isEqualTo("k=v");
  }

  @Test
  void anUnsampledRemoteParentIsFollowed() {
    Tracer tracer = tracer(new ParentBasedSampler(Sampler.ALWAYS_ON));
    Span span = new NamedSpan("server", SpanKind.SERVER);

    tracer.startRemote(span, new SpanContext(1, 2, 3, 0, null), null);
    tracer.end(span);

    assertThat(span.sampled()).isFalse();
    assertThat(ended).isEmpty();
    assertThat(counters.started()).isZero();
    assertThat(counters.notSampled()).isOne();
  }

  @Test
  void spansAreCountedByWhereTheirParentIs() {
    Tracer tracer = tracer(new ParentBasedSampler(Sampler.ALWAYS_ON));
    Span root = started(tracer, "root");
    tracer.startAt(new NamedSpan("child", SpanKind.INTERNAL), root, root.startNanoTime);
    tracer.startRemote(
        new NamedSpan("server", SpanKind.SERVER),
        new SpanContext(1, 2, 3, SpanContext.SAMPLED, null),
        null);
    Span passedOver = new NamedSpan("server", SpanKind.SERVER);
    tracer.startRemote(passedOver, new SpanContext(1, 2, 3, 0, null), null);

    assertThat(counters.started()).isEqualTo(3);
    for (ParentOrigin parent : ParentOrigin.values()) {
      assertThat(counters.started(parent)).as(parent.label()).isOne();
      assertThat(counters.notSampled(parent))
          .as(parent.label())
          .isEqualTo(parent == ParentOrigin.REMOTE ? 1 : 0);
    }
  }

  @Test
  void aSpanEndsOnce() {
    Tracer tracer = tracer(Sampler.ALWAYS_ON);
    Span span = started(tracer, "once");

    assertThat(tracer.end(span)).isTrue();
    assertThat(tracer.end(span)).isFalse();

    assertThat(ended).containsExactly(span);
    assertThat(counters.live()).isZero();
  }

  @Test
  void exitRestoresWhatWasCurrentAndIsIdempotent() {
    Tracer tracer = tracer(Sampler.ALWAYS_ON);
    Span outer = started(tracer, "outer");
    Context.enter(outer);
    Span inner = started(tracer, "inner");
    Context.enter(inner);

    Context.exit(inner);
    Context.exit(inner);

    assertThat(Context.current()).isSameAs(outer);
    Context.exit(outer);
  }

  @Test
  void anExceptionWithABrokenMessageIsStillRecorded() {
    Span span = started(tracer(Sampler.ALWAYS_ON), "failing");

    span.recordException(
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("broken");
          }
        });

    assertThat(span.exception().type()).contains("TracerTest");
    assertThat(span.exception().message()).isNull();
  }

  private Tracer tracer(Sampler sampler) {
    return new Tracer(sampler, new IdGenerator(1, 2), new TimeSource(), counters, ended::add);
  }

  private static Span started(Tracer tracer, String name) {
    Span span = new NamedSpan(name, SpanKind.INTERNAL);
    tracer.start(span);
    return span;
  }
}
