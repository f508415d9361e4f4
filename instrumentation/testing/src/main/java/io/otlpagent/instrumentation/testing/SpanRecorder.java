package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Weaves the test JVM once ({@link WovenJvm}) and collects the spans of each test. After a test
 * every span must have been taken, no advice may have failed, every link must have worked, no span
 * may be current or open.
 *
 * <pre>{@code
 * @RegisterExtension final SpanRecorder spans = new SpanRecorder();
 * }</pre>
 */
public final class SpanRecorder implements BeforeEachCallback, AfterEachCallback {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LinkedBlockingQueue<RecordedSpan> ended = new LinkedBlockingQueue<>();
  private SpanCounters counters = new SpanCounters();
  private Sampler sampler = new ParentBasedSampler(Sampler.ALWAYS_ON);
  private long adviceErrors;
  private long failedLinks;

  /** The sampler of the following spans; call it before the operation under test. */
  public void sampler(Sampler sampler) {
    this.sampler = sampler;
    install();
  }

  /** The headers of the following requests, instead of the W3C's. */
  public void propagators(String... names) {
    Propagation.configure(Arrays.asList(names));
  }

  private void install() {
    Tracer.install(
        new Tracer(
            sampler,
            new IdGenerator(1, 2),
            new TimeSource(),
            counters,
            span -> ended.add(valid(span))));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    WovenJvm.weave();
    counters = new SpanCounters();
    ended.clear();
    sampler = new ParentBasedSampler(Sampler.ALWAYS_ON);
    adviceErrors = AdviceErrors.adviceErrors();
    failedLinks = AdviceErrors.failedLinks();
    install();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Propagation.configure(true, true);
    if (context.getExecutionException().isPresent()) {
      Tracer.uninstall();
      return;
    }
    await("open spans").atMost(PATIENCE).until(() -> counters.live() == 0);
    Tracer.uninstall();
    assertThat(new ArrayList<>(ended)).as("spans that the test did not take").isEmpty();
    if (AdviceErrors.adviceErrors() != adviceErrors) {
      throw new AssertionError("advice failed: " + AdviceErrors.lastError());
    }
    assertThat(AdviceErrors.failedLinks())
        .as("failed links; the last: %s", AdviceErrors.lastFailedLink())
        .isEqualTo(failedLinks);
    assertThat(WovenJvm.failures()).as("classes not woven").isEmpty();
    assertThat(Context.current()).as("span that is still current").isNull();
  }

  /** The test has made advice fail, so often. */
  public void takeAdviceErrors(long count) {
    assertThat(AdviceErrors.adviceErrors()).isEqualTo(adviceErrors + count);
    adviceErrors += count;
  }

  /** Waits for exactly so many spans and takes them, in the order in which they ended. */
  public List<RecordedSpan> take(int count) {
    List<RecordedSpan> taken = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (taken.size() < count) {
        RecordedSpan next = ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new AssertionError("expected " + count + " spans, got " + taken + clues());
        }
        taken.add(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return taken;
  }

  /** What may be the reason that a span is missing. */
  private String clues() {
    StringBuilder clues = new StringBuilder();
    if (AdviceErrors.adviceErrors() != adviceErrors) {
      clues.append("\n  advice failed: ").append(AdviceErrors.lastError());
    }
    if (AdviceErrors.failedLinks() != failedLinks) {
      clues.append("\n  a link failed: ").append(AdviceErrors.lastFailedLink());
    }
    for (String failure : WovenJvm.failures()) {
      clues.append("\n  a class was not woven: ").append(failure);
    }
    for (String rule : WovenJvm.unmatchedRules()) {
      clues.append("\n  a rule matched no method: ").append(rule);
    }
    return clues.length() > 0 ? clues.toString() : "\n  no advice, link or rule failed";
  }

  /** Waits for one span and takes it. */
  public RecordedSpan takeOne() {
    return take(1).get(0);
  }

  /** Takes what has ended by now, however many there are. */
  public List<RecordedSpan> takeAll() {
    List<RecordedSpan> taken = new ArrayList<>();
    ended.drainTo(taken);
    return taken;
  }

  /** Sampled spans that have started and not ended. */
  public long live() {
    return counters.live();
  }

  /** Those of them that wait on no thread. */
  public long parked() {
    return counters.parked();
  }

  /** Sampled spans that have started, ended or not. */
  public long started() {
    return counters.started();
  }

  /** Spans that were started without being sampled. */
  public long notSampled() {
    return counters.notSampled();
  }

  /** Runs something inside a span of kind SERVER, which is returned; it must be taken too. */
  public Span inSpan(String name, Runnable body) {
    Span span = new NamedSpan(name, SpanKind.SERVER);
    Tracer tracer = Tracer.installed();
    tracer.start(span);
    Context.enter(span);
    try {
      body.run();
    } finally {
      Context.exit(span);
      tracer.end(span);
    }
    return span;
  }

  private static RecordedSpan valid(Span span) {
    RecordedSpan recorded = new RecordedSpan(span);
    assertThat(span.sampled()).isTrue();
    assertThat(span.name()).isNotEmpty();
    assertThat(span.spanId()).isNotZero();
    assertThat(span.traceIdHigh() | span.traceIdLow()).isNotZero();
    assertThat(span.durationNanos()).isNotNegative();
    SpanException exception = span.exception();
    if (exception != null) {
      assertThat(exception.type()).isNotEmpty();
    }
    return recorded;
  }
}
