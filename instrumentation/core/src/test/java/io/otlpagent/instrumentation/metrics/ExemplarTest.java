package io.otlpagent.instrumentation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.metrics.HistogramSettings.Aggregation;
import io.otlpagent.instrumentation.metrics.HistogramSettings.ExemplarFilter;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ExemplarTest {

  private final Histogram histogram =
      Histogram.ofDurations("d", "D.", new double[] {0.1, 1}, AttributeKey.of("k"));

  @AfterEach
  void reset() {
    HistogramSettings.install(HistogramSettings.DEFAULT);
  }

  @Test
  void bucketKeepsTheSpanThatFellIntoIt() {
    Span span = ended(Sampler.ALWAYS_ON, TimeUnit.MILLISECONDS.toNanos(500));
    histogram.series("v").record(span);

    Exemplar[] exemplars = histogram.series("v").exemplars();

    assertThat(exemplars[0]).isNull();
    assertThat(exemplars[2]).isNull();
    assertThat(exemplars[1].traceIdHigh()).isEqualTo(span.traceIdHigh());
    assertThat(exemplars[1].traceIdLow()).isEqualTo(span.traceIdLow());
    assertThat(exemplars[1].spanId()).isEqualTo(span.spanId());
    assertThat(exemplars[1].value()).isEqualTo(span.durationNanos() / 1e9);
    assertThat(exemplars[1].epochNanos()).isEqualTo(span.endEpochNanos());
    assertThat(histogram.series("v").bucketCounts()).containsExactly(0, 1, 0);
  }

  @Test
  void spanOfTheSameSecondIsNotWorthTheWriting() {
    Span first = ended(Sampler.ALWAYS_ON, 1);
    Span second = ended(Sampler.ALWAYS_ON, 2);
    Span later = ended(Sampler.ALWAYS_ON, TimeUnit.SECONDS.toNanos(3));
    ExemplarSlot slot = new ExemplarSlot();

    slot.offer(first, 1);
    slot.offer(second, 2);
    assertThat(slot.read(1e9).spanId()).isEqualTo(first.spanId());
    slot.offer(later, 3);
    assertThat(slot.read(1e9).spanId()).isEqualTo(later.spanId());
  }

  @Test
  void filterSaysWhichSpansMayBeKept() {
    assertThat(kept(ExemplarFilter.TRACE_BASED, Sampler.ALWAYS_ON)).isTrue();
    assertThat(kept(ExemplarFilter.TRACE_BASED, Sampler.ALWAYS_OFF)).isFalse();
    assertThat(kept(ExemplarFilter.ALWAYS_ON, Sampler.ALWAYS_OFF)).isTrue();
    assertThat(kept(ExemplarFilter.ALWAYS_OFF, Sampler.ALWAYS_ON)).isFalse();
  }

  @Test
  void limitCountsTheOverflowSeries() {
    HistogramSettings.install(
        new HistogramSettings(
            3, ExemplarFilter.TRACE_BASED, Aggregation.EXPLICIT_BUCKET_HISTOGRAM));
    for (int i = 0; i < 5; i++) {
      histogram.series("v" + i).record(1);
    }

    assertThat(histogram.allSeries()).hasSize(2);
    assertThat(histogram.overflow().bucketCounts()).containsExactly(3, 0, 0);
    histogram.series("v0").record(1);
    assertThat(histogram.series("v0").bucketCounts()).containsExactly(2, 0, 0);
  }

  @Test
  void oneSeriesWithoutAttributesIsWithinAnyLimit() {
    HistogramSettings.install(
        new HistogramSettings(
            1, ExemplarFilter.TRACE_BASED, Aggregation.EXPLICIT_BUCKET_HISTOGRAM));
    Histogram sizes = Histogram.ofCounts("s", "{span}", "S.", new double[] {1});
    sizes.series().record(2);

    assertThat(sizes.overflow().count()).isZero();
    assertThat(sizes.series().bucketCounts()).containsExactly(0, 1);
  }

  @Test
  void idsOfTwoSpansAreNeverMixed() throws InterruptedException {
    ExemplarSlot slot = new ExemplarSlot();
    Map<Long, Span> spans = new ConcurrentHashMap<>();
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread writer = new Thread(() -> write(slot, spans), "writer");
      writer.start();
      writers.add(writer);
    }
    int seen = 0;
    boolean running = true;
    while (running) {
      running = writers.stream().anyMatch(Thread::isAlive);
      Exemplar read = slot.read(1e9);
      if (read != null) {
        seen++;
        Span span = spans.get(read.spanId());
        assertThat(span).isNotNull();
        assertThat(read.traceIdHigh()).isEqualTo(span.traceIdHigh());
        assertThat(read.traceIdLow()).isEqualTo(span.traceIdLow());
        assertThat(read.epochNanos()).isEqualTo(span.endEpochNanos());
        assertThat(read.value()).isEqualTo(span.durationNanos() / 1e9);
      }
    }

    assertThat(seen).isPositive();
  }

  /** Each span ends two seconds after the last, so that none is refused for its age. */
  private static void write(ExemplarSlot slot, Map<Long, Span> spans) {
    for (int i = 1; i <= 30_000; i++) {
      Span span = ended(Sampler.ALWAYS_ON, TimeUnit.SECONDS.toNanos(2L * i));
      spans.put(span.spanId(), span);
      slot.offer(span, span.durationNanos());
    }
  }

  private boolean kept(ExemplarFilter filter, Sampler sampler) {
    HistogramSettings.install(
        new HistogramSettings(2000, filter, Aggregation.EXPLICIT_BUCKET_HISTOGRAM));
    Histogram.Series series = histogram.series(filter + " " + sampler.description());
    series.record(ended(sampler, 5));
    return series.exemplars()[0] != null;
  }

  private static final IdGenerator IDS = new IdGenerator(1, 2);

  private static Span ended(Sampler sampler, long durationNanos) {
    Tracer tracer = new Tracer(sampler, IDS, new TimeSource(), new SpanCounters(), span -> {});
    Span span = new EmptySpan();
    long start = System.nanoTime();
    tracer.startAt(span, null, start);
    tracer.endAt(span, start + durationNanos);
    return span;
  }

  private static final class EmptySpan extends Span {

    EmptySpan() {
      super(InstrumentationScope.of("test"), SpanKind.INTERNAL);
    }

    @Override
    public String name() {
      return "empty";
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {}
  }
}
