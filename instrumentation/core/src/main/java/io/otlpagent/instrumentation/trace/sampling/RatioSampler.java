package io.otlpagent.instrumentation.trace.sampling;

import io.otlpagent.instrumentation.trace.OtTraceState;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.SamplingDecision;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.TailRule;
import org.jspecify.annotations.Nullable;

/**
 * {@code traceidratio} as consistent probability: a trace is sampled if its randomness, which is
 * the right-most 56 bits of its id unless the caller says otherwise, reaches the threshold; so
 * every process with this ratio or a higher one agrees. The threshold has all its digits.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/">
 *     TraceState: probability sampling</a>
 */
public final class RatioSampler implements Sampler {

  private static final long RANDOM_BITS = (1L << 56) - 1;

  private final double ratio;
  private final long threshold;
  private final SamplingDecision yes;
  private final SamplingDecision no;

  /**
   * @param ratio of the traces to sample, 0.0 to 1.0; less than 2^-56 is none
   */
  public RatioSampler(double ratio) {
    this(ratio, "ratio " + ratio);
  }

  /**
   * @param reason what is said of a trace that is not sampled
   */
  RatioSampler(double ratio, String reason) {
    if (!(ratio >= 0.0 && ratio <= 1.0)) {
      throw new IllegalArgumentException("sampling ratio " + ratio + " is not between 0 and 1");
    }
    this.ratio = ratio;
    // 2^56, which no randomness reaches, if the ratio is too small to be expressed.
    this.threshold = (long) ((1.0 - ratio) * 0x1p56);
    this.yes = SamplingDecision.sampled(digits(threshold));
    this.no = SamplingDecision.passedOver(reason);
  }

  @Override
  public SamplingDecision sample(Span root, @Nullable SpanContext parent) {
    return randomness(root, parent) >= threshold ? yes : no;
  }

  private static long randomness(Span root, @Nullable SpanContext parent) {
    String state = parent == null ? null : parent.traceState();
    long explicit = state == null ? -1 : OtTraceState.randomness(state);
    return explicit >= 0 ? explicit : root.traceIdLow() & RANDOM_BITS;
  }

  /** 14 hexadecimal digits without the zeros at the end; one of them if there are only zeros. */
  private static String digits(long threshold) {
    String digits = Long.toHexString(1L << 60 | threshold).substring(2);
    int length = digits.length();
    while (length > 1 && digits.charAt(length - 1) == '0') {
      length--;
    }
    return digits.substring(0, length);
  }

  @Override
  public boolean followsParent() {
    return false;
  }

  @Override
  public boolean readsPath() {
    return false;
  }

  @Override
  public @Nullable TailRule tailRule() {
    return null;
  }

  @Override
  public String description() {
    return "traceidratio{" + ratio + "}";
  }
}
