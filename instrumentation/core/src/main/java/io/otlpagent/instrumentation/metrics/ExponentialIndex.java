package io.otlpagent.instrumentation.metrics;

/**
 * Finds the bucket of a value at the finest scale; that at a coarser scale is the same number
 * shifted to the right, so that all scales agree on every value.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponential-scale">
 *     Metrics data model: exponential scale</a>
 */
final class ExponentialIndex {

  static final int MAX_SCALE = 20;

  private static final int BUCKETS_OF_AN_OCTAVE = 1 << MAX_SCALE;
  private static final double BUCKETS_OF_E = BUCKETS_OF_AN_OCTAVE / Math.log(2);
  private static final int SIGNIFICAND_BITS = 52;
  private static final long SIGNIFICAND = (1L << SIGNIFICAND_BITS) - 1;
  private static final long ONE = Double.doubleToRawLongBits(1);

  private ExponentialIndex() {}

  /**
   * The bucket at {@link #MAX_SCALE}, which excludes its lower and includes its upper bound.
   *
   * @param value finite and more than 0
   */
  static int of(double value) {
    int exponent = Math.getExponent(value);
    long significand = Double.doubleToRawLongBits(value) & SIGNIFICAND;
    if (exponent < Double.MIN_EXPONENT) {
      int shift = Long.numberOfLeadingZeros(significand) - (Long.SIZE - SIGNIFICAND_BITS - 1);
      significand = (significand << shift) & SIGNIFICAND;
      exponent = Double.MIN_EXPONENT - shift;
    }
    int octave = exponent << MAX_SCALE;
    if (significand == 0) {
      return octave - 1;
    }
    // Of a number between 1 and 2: the logarithm of a larger one has fewer bits for the bucket.
    double log = Math.log(Double.longBitsToDouble(significand | ONE));
    return octave + Math.min((int) (log * BUCKETS_OF_E), BUCKETS_OF_AN_OCTAVE - 1);
  }
}
