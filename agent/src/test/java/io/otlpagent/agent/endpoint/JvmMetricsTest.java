package io.otlpagent.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.metrics.JvmMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmMetricsTest {

  private final JvmMetrics metrics = new JvmMetrics();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void figuresOfTheConventionsAreThere(boolean openMetrics) {
    Map<String, Double> samples = scrape(openMetrics).samples();

    assertThat(sumOf(samples, "jvm_memory_used_bytes", "jvm_memory_type=\"heap\"")).isPositive();
    assertThat(sumOf(samples, "jvm_memory_used_bytes", "jvm_memory_type=\"non_heap\""))
        .isPositive();
    assertThat(sumOf(samples, "jvm_memory_committed_bytes", "")).isPositive();
    assertThat(sumOf(samples, "jvm_memory_limit_bytes", "heap")).isPositive();
    assertThat(sumOf(samples, "jvm_thread_count", "jvm_thread_state=\"runnable\"")).isPositive();
    assertThat(sumOf(samples, "jvm_thread_count", "jvm_thread_daemon=\"true\"")).isPositive();
    assertThat(samples)
        .containsKeys(
            "jvm_class_loaded_total",
            "jvm_class_unloaded_total",
            "jvm_class_count",
            "jvm_cpu_count",
            "jvm_cpu_time_seconds_total",
            "jvm_cpu_recent_utilization_ratio");
  }

  @Test
  void collectionsAreTimedFromTheFirstScrape() {
    scrape(true);

    await()
        .until(
            () -> {
              System.gc();
              return sumOf(scrape(true).samples(), "jvm_gc_duration_seconds_count", "jvm_gc_name")
                  > 0;
            });
    assertThat(scrape(true).samples().keySet())
        .anyMatch(key -> key.contains("jvm_gc_action=\"end of"));
    assertThat(sumOf(scrape(true).samples(), "jvm_memory_used_after_last_gc_bytes", ""))
        .isPositive();
  }

  private Exposition scrape(boolean openMetrics) {
    MetricsWriter writer = new MetricsWriter(openMetrics);
    metrics.collect(writer);
    return Exposition.parse(writer.finish().toString(), openMetrics);
  }

  private static double sumOf(Map<String, Double> samples, String name, String label) {
    return samples.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(name + "{"))
        .filter(sample -> sample.getKey().contains(label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
