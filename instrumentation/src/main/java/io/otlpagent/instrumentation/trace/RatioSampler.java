package io.otlpagent.instrumentation.trace;

/**
 * {@code traceidratio} as consistent probability: a trace is sampled if the right-most 56 bits of
 * its id reach the threshold, so that every process with this ratio or a higher one agrees.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/">
 *     TraceState: probability sampling</a>
 */
public final class RatioSampler implements Sampler {

  private static final long RANDOM_BITS = (1L << 56) - 1;

  private final double ratio;
  private final long threshold;
  private final String traceState;

  /**
   * @param ratio of the traces to sample, 0.0 to 1.0
   */
  public RatioSampler(double ratio) {
    if (!(ratio >= 0.0 && ratio <= 1.0)) {
      throw new IllegalArgumentException("sampling ratio " + ratio + " is not between 0 and 1");
    }
    this.ratio = ratio;
    this.threshold = (long) ((1.0 - ratio) * 0x1p56);
    this.traceState = "ot=th:" + thresholdDigits(threshold);
  }

  @Override
  public boolean sampleRoot(long traceIdHigh, long traceIdLow) {
    return (traceIdLow & RANDOM_BITS) >= threshold && ratio > 0.0;
  }

  @Override
  public boolean sampleRemoteChild(SpanContext parent, long traceIdLow) {
    return sampleRoot(0, traceIdLow);
  }

  @Override
  public String rootTraceState() {
    return traceState;
  }

  /** 14 hexadecimal digits without the zeros at the end; one of them if there are only zeros. */
  private static String thresholdDigits(long threshold) {
    String digits = Long.toHexString(1L << 56 | threshold).substring(1);
    int length = digits.length();
    while (length > 1 && digits.charAt(length - 1) == '0') {
      length--;
    }
    return digits.substring(0, length);
  }

  @Override
  public String description() {
    return "traceidratio{" + ratio + "}";
  }
}
