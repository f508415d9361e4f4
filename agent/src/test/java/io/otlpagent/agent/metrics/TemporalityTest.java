package io.otlpagent.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TemporalityTest {

  private static final long START = 1000;
  private static final int MANY = 1000;

  private final Temporality delta = new Temporality(Temporality.Preference.DELTA);
  private long count;
  private double seconds;
  private long[] buckets = {0, 0};

  @Test
  void cumulativeTellsAllSinceTheStart() {
    Temporality cumulative = new Temporality(Temporality.Preference.CUMULATIVE);
    count = 5;
    deliver(cumulative, snapshot());
    count = 7;

    MetricPoint point = counter(cumulative.parts(snapshot(), MANY));

    assertThat(point.whole()).isEqualTo(7);
    assertThat(point.startEpochNanos()).isEqualTo(START);
    assertThat(cumulative.parts(snapshot(), MANY).get(0)).noneMatch(MetricFamily::delta);
  }

  @Test
  void deltaTellsWhatWasAddedSinceTheLastDelivery() {
    count = 5;
    seconds = 0.5;
    buckets = new long[] {1, 1};
    MetricSnapshot first = snapshot();
    deliver(delta, first);
    count = 7;
    seconds = 0.75;
    buckets = new long[] {1, 4};

    MetricSnapshot second = snapshot();
    List<MetricFamily> told = delta.parts(second, MANY).get(0);

    assertThat(told).filteredOn(family -> family.metric().name().equals("count")).hasSize(1);
    assertThat(point(told, "count").whole()).isEqualTo(2);
    assertThat(point(told, "count").startEpochNanos()).isEqualTo(first.epochNanos());
    assertThat(point(told, "count").epochNanos()).isEqualTo(second.epochNanos());
    assertThat(point(told, "seconds").decimal()).isEqualTo(0.25);
    assertThat(point(told, "histogram").histogram().count(0)).isZero();
    assertThat(point(told, "histogram").histogram().count(1)).isEqualTo(3);
    assertThat(point(told, "level").whole()).isEqualTo(7);
    assertThat(told)
        .filteredOn(MetricFamily::delta)
        .extracting(family -> family.metric().name())
        .containsExactly("count", "seconds", "jvm.count", "histogram");
  }

  @Test
  void whatWasNotDeliveredIsToldAgainWithWhatCameSince() {
    count = 5;
    delta.parts(snapshot(), MANY);
    count = 8;

    MetricPoint point = counter(delta.parts(snapshot(), MANY));

    assertThat(point.whole()).isEqualTo(8);
    assertThat(point.startEpochNanos()).isEqualTo(START);
  }

  @Test
  void intervalDoesNotEndBeforeItBegins() {
    count = 5;
    long future = System.currentTimeMillis() * 1_000_000L + 3_600_000_000_000L;

    MetricPoint point =
        counter(delta.parts(MetricSnapshot.of(List.of(this::collect), future), MANY));

    assertThat(point.startEpochNanos()).isEqualTo(point.epochNanos());
  }

  @Test
  void seriesToWhichNothingHappenedIsNotTold() {
    count = 5;
    deliver(delta, snapshot());

    assertThat(delta.parts(snapshot(), MANY).get(0))
        .extracting(family -> family.metric().name())
        .containsExactly("level");
  }

  @Test
  void lowMemoryLeavesTheCountersOfTheJvmAsTheyAre() {
    Temporality low = new Temporality(Temporality.Preference.LOWMEMORY);
    count = 5;

    assertThat(low.parts(snapshot(), MANY).get(0))
        .filteredOn(MetricFamily::delta)
        .extracting(family -> family.metric().name())
        .contains("count")
        .doesNotContain("jvm.count");
  }

  @RepeatedTest(30)
  void deliveredDeltasAddUpToTheTotalWhateverFails(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    long told = 0;
    long toldOfHistogram = 0;
    long end = START;
    for (int round = 0; round < 50; round++) {
      count += random.nextInt(3);
      buckets[random.nextInt(2)] += random.nextInt(3);
      boolean last = round == 49;
      MetricSnapshot snapshot = snapshot();
      boolean all = true;
      for (List<MetricFamily> part : delta.parts(snapshot, 1 + random.nextInt(4))) {
        if (!last && random.nextInt(3) == 0) {
          all = false;
          break;
        }
        for (MetricFamily family : part) {
          if (family.metric().name().equals("count")) {
            told += family.points().get(0).whole();
            assertThat(family.points().get(0).startEpochNanos()).isGreaterThanOrEqualTo(end);
            end = family.points().get(0).epochNanos();
          } else if (family.metric().name().equals("histogram")) {
            toldOfHistogram += family.points().get(0).histogram().count();
          }
        }
        delta.delivered(part);
      }
      if (all) {
        delta.complete(snapshot);
      }
    }

    assertThat(told).isEqualTo(count);
    assertThat(toldOfHistogram).isEqualTo(buckets[0] + buckets[1]);
  }

  @Test
  void partsHaveAsManyPointsAsTheyMay() {
    MetricSource many =
        collector -> {
          for (int i = 0; i < 3; i++) {
            collector.begin(Metric.gauge("g" + i, "", "G."));
            for (int j = 0; j < 7; j++) {
              collector.point(j, Labels.of("j", j));
            }
          }
        };

    List<List<MetricFamily>> parts = delta.parts(MetricSnapshot.of(List.of(many), START), 4);

    assertThat(parts)
        .extracting(part -> part.stream().mapToInt(family -> family.points().size()).sum())
        .containsExactly(4, 4, 4, 4, 4, 1);
    List<String> all = new ArrayList<>();
    parts.forEach(
        part ->
            part.forEach(
                family ->
                    family
                        .points()
                        .forEach(point -> all.add(family.metric().name() + point.labels()))));
    assertThat(all).doesNotHaveDuplicates().hasSize(21);
  }

  private MetricSnapshot snapshot() {
    return MetricSnapshot.of(List.of(this::collect), START);
  }

  private void collect(MetricCollector collector) {
    collector.begin(Metric.counter("count", "", "C."));
    collector.point(count, Labels.of("a", "b"));
    collector.begin(Metric.counter("seconds", "s", "S."));
    collector.point(seconds, Labels.NONE);
    collector.begin(Metric.counter("jvm.count", "", "J."));
    collector.point(count, Labels.NONE);
    collector.begin(Metric.upDownCounter("level", "", "L."));
    collector.point(7, Labels.NONE);
    collector.begin(Metric.histogram("histogram", "s", "H."));
    collector.histogram(
        new HistogramPoint(new double[] {1}, buckets.clone(), seconds), Labels.NONE);
  }

  private static void deliver(Temporality temporality, MetricSnapshot snapshot) {
    temporality.parts(snapshot, MANY).forEach(temporality::delivered);
    temporality.complete(snapshot);
  }

  private static MetricPoint counter(List<List<MetricFamily>> parts) {
    return point(parts.get(0), "count");
  }

  private static MetricPoint point(List<MetricFamily> part, String name) {
    return part.stream()
        .filter(family -> family.metric().name().equals(name))
        .findFirst()
        .orElseThrow()
        .points()
        .get(0);
  }
}
