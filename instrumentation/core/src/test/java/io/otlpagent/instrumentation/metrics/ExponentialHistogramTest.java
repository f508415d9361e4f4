package io.otlpagent.instrumentation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ExponentialHistogramTest {

  private static final int THREADS = 4;
  private static final int VALUES = 50_000;

  private final ExponentialHistogram histogram = new ExponentialHistogram();

  @Test
  void powersOfTwoAreTheUpperBoundsOfTheirBuckets() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      double power = Math.scalb(1.0, exponent);
      int octave = exponent << ExponentialIndex.MAX_SCALE;

      assertThat(ExponentialIndex.of(power)).as("2^%d", exponent).isEqualTo(octave - 1);
      assertThat(ExponentialIndex.of(Math.nextUp(power)))
          .as("above 2^%d", exponent)
          .isEqualTo(exponent == -1074 ? octave + (1 << 20) - 1 : ofNextUp(exponent));
    }
  }

  /** Of a subnormal number the next one is far enough away for another bucket. */
  private static int ofNextUp(int exponent) {
    int bits = Math.min(52, exponent + 1074);
    double log2 = Math.log1p(Math.scalb(1.0, -bits)) / Math.log(2);
    return (exponent << 20) + (int) Math.ceil(log2 * (1 << 20)) - 1;
  }

  @Test
  void numbersJustBelowAPowerOfTwoAreInItsBucket() {
    for (int exponent = -1021; exponent <= 1023; exponent++) {
      double power = Math.scalb(1.0, exponent);

      assertThat(ExponentialIndex.of(Math.nextDown(power))).isEqualTo(ExponentialIndex.of(power));
    }
    assertThat(ExponentialIndex.of(Double.MAX_VALUE)).isEqualTo((1024 << 20) - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 12, 3, 0, -1, -4})
  void valuesAreWithinTheBoundsOfTheirBucket(int scale) {
    Random random = new Random(scale);
    double perBucket = Math.scalb(1.0, -scale);
    for (int i = 0; i < 10_000; i++) {
      double value = Math.exp(random.nextDouble() * 80 - 40);

      int bucket = ExponentialIndex.of(value) >> (ExponentialIndex.MAX_SCALE - scale);

      double log2 = Math.log(value) / Math.log(2);
      assertThat(log2).isBetween(bucket * perBucket - 1e-9, (bucket + 1) * perBucket + 1e-9);
    }
  }

  @Test
  void oneValueHasTheFinestScale() {
    histogram.record(1.5);
    histogram.record(1.5);

    ExponentialPoint point = histogram.collect();

    assertThat(point.scale()).isEqualTo(20);
    assertThat(point.buckets()).isEqualTo(1);
    assertThat(point.count(0)).isEqualTo(2);
    assertThat(point.offset()).isEqualTo(613_377);
    assertThat(point.min()).isEqualTo(1.5);
    assertThat(point.max()).isEqualTo(1.5);
  }

  @Test
  void whatIsNotPositiveIsZeroAndWhatIsNotFiniteIsNothing() {
    histogram.record(0);
    histogram.record(-0.0);
    histogram.record(-3);
    histogram.record(Double.NaN);
    histogram.record(Double.POSITIVE_INFINITY);
    histogram.record(Double.NEGATIVE_INFINITY);

    ExponentialPoint point = histogram.collect();

    assertThat(point.zeroCount()).isEqualTo(4);
    assertThat(point.count()).isEqualTo(4);
    assertThat(point.buckets()).isZero();
    assertThat(point.scale()).isEqualTo(20);
    assertThat(point.min()).isZero();
    assertThat(point.max()).isZero();
  }

  @Test
  void scaleIsTheFinestAtWhichTheRangeFits() {
    histogram.record(0.001);
    histogram.record(0.004);
    assertThat(histogram.collect().scale()).isEqualTo(6);
    histogram.record(0.02);
    assertThat(histogram.collect().scale()).isEqualTo(5);
    histogram.record(1);
    assertThat(histogram.collect().scale()).isEqualTo(4);
    histogram.record(100);
    assertThat(histogram.collect().scale()).isEqualTo(3);
    histogram.record(Double.MIN_VALUE);
    histogram.record(Double.MAX_VALUE);
    ExponentialPoint all = histogram.collect();
    assertThat(all.scale()).isEqualTo(-4);
    assertThat(all.buckets()).isBetween(81, 160);
    assertThat(all.count()).isEqualTo(7);
  }

  @Test
  void whatWasForgottenDoesNotNarrowTheScale() {
    histogram.record(1e-9);
    histogram.record(1e9);
    ExponentialPoint first = histogram.collect();
    histogram.record(3);
    histogram.forget(first);

    ExponentialPoint second = histogram.collect();

    assertThat(first.count()).isEqualTo(2);
    assertThat(second.count()).isEqualTo(1);
    assertThat(second.scale()).isEqualTo(20);
    assertThat(second.min()).isEqualTo(3);
    histogram.record(4);
    histogram.forget(first);
    assertThat(histogram.collect().count()).isEqualTo(2);
  }

  @RepeatedTest(20)
  void collectingNowAndThenMakesNoDifference(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ExponentialHistogram often = new ExponentialHistogram();
    double octaves = random.nextInt(3) * random.nextDouble() * 30;
    for (int i = 0; i < 500; i++) {
      double value = random.nextInt(20) == 0 ? 0 : Math.exp(random.nextGaussian() * octaves);
      histogram.record(value);
      often.record(value);
      if (random.nextInt(30) == 0) {
        often.collect();
      }
    }

    assertSame(often.collect(), histogram.collect());
  }

  @RepeatedTest(5)
  void concurrentValuesAreAllThereOnce(RepetitionInfo repetition) throws Exception {
    long seed = repetition.getCurrentRepetition();
    ExponentialHistogram alone = new ExponentialHistogram();
    for (int thread = 0; thread < THREADS; thread++) {
      record(alone, seed + thread);
    }

    whileOthersRecord(seed, histogram::collect);

    assertSame(histogram.collect(), alone.collect());
  }

  @RepeatedTest(5)
  void concurrentValuesAreEachForgottenOnce(RepetitionInfo repetition) throws Exception {
    long[] counts = new long[2];
    Runnable deliver =
        () -> {
          ExponentialPoint point = histogram.collect();
          counts[0] += point.count();
          counts[1] += point.zeroCount();
          histogram.forget(point);
        };

    whileOthersRecord(repetition.getCurrentRepetition(), deliver);
    deliver.run();

    assertThat(counts[0]).isEqualTo((long) THREADS * VALUES);
    assertThat(counts[1]).isEqualTo((long) THREADS * (VALUES / 100));
    assertThat(histogram.collect().count()).isZero();
  }

  private void whileOthersRecord(long seed, Runnable reader) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long own = seed + thread;
        writers.add(pool.submit(() -> record(histogram, own)));
      }
      while (!writers.stream().allMatch(Future::isDone)) {
        reader.run();
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Ever wider, so that the scale falls again and again. */
  private static void record(ExponentialHistogram histogram, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < VALUES; i++) {
      double octaves = 60.0 * i / VALUES;
      histogram.record(i % 100 == 0 ? 0 : Math.exp((random.nextDouble() - 0.5) * octaves));
    }
  }

  private static void assertSame(ExponentialPoint actual, ExponentialPoint expected) {
    assertThat(actual.scale()).isEqualTo(expected.scale());
    assertThat(actual.offset()).isEqualTo(expected.offset());
    assertThat(actual.buckets()).isEqualTo(expected.buckets());
    for (int i = 0; i < expected.buckets(); i++) {
      assertThat(actual.count(i)).as("bucket %d", i).isEqualTo(expected.count(i));
    }
    assertThat(actual.zeroCount()).isEqualTo(expected.zeroCount());
    assertThat(actual.min()).isEqualTo(expected.min());
    assertThat(actual.max()).isEqualTo(expected.max());
  }
}
