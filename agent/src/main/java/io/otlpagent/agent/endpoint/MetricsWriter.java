package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.metrics.HistogramPoint;
import io.otlpagent.agent.metrics.Labels;
import io.otlpagent.agent.metrics.Metric;
import io.otlpagent.agent.metrics.MetricCollector;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.instrumentation.metrics.Exemplar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes metrics in Prometheus' text format 0.0.4 or in OpenMetrics 1.0.0, under the names that
 * they have there. Used by one thread.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
final class MetricsWriter implements MetricCollector {

  private static final String[] UNITS = {"seconds", "bytes", "ratio"};

  private final boolean openMetrics;
  private final StringBuilder out = new StringBuilder(8192);
  private final Set<String> families = new HashSet<>();
  private String sampleName = "";
  private boolean skipped;

  MetricsWriter(boolean openMetrics) {
    this.openMetrics = openMetrics;
  }

  /** Lets a source write; what it wrote is taken back if it fails. */
  void add(MetricSource source) {
    int length = out.length();
    Set<String> before = new HashSet<>(families);
    try {
      source.collect(this);
    } catch (RuntimeException | LinkageError e) {
      // One source of figures must not take the others away; a part of the JDK may be absent.
      out.setLength(length);
      families.retainAll(before);
      AgentLog.warn("metrics: " + source.getClass().getSimpleName() + " failed", e);
    }
  }

  CharSequence finish() {
    return openMetrics ? out.append("# EOF\n") : out;
  }

  @Override
  public void begin(Metric metric) {
    String legal = name(metric.name() + suffix(metric));
    sampleName = legal;
    switch (metric.kind()) {
      case COUNTER:
        sampleName = legal + "_total";
        // In the older format the family has the name of its samples.
        begin(openMetrics ? legal : sampleName, "counter", unit(legal), metric.description());
        break;
      case HISTOGRAM:
        begin(legal, "histogram", unit(legal), metric.description());
        break;
      case INFO:
        sampleName = legal + "_info";
        begin(
            openMetrics ? legal : sampleName,
            openMetrics ? "info" : "gauge",
            "",
            metric.description());
        break;
      default:
        begin(legal, "gauge", unit(legal), metric.description());
    }
  }

  private void begin(String name, String type, String unit, String help) {
    skipped = !families.add(name);
    if (skipped) {
      AgentLog.warn("metrics: there are two families " + name + "; the second is left out");
      return;
    }
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    if (openMetrics && !unit.isEmpty()) {
      out.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
    }
    escape(out.append("# HELP ").append(name).append(' '), help, openMetrics).append('\n');
  }

  @Override
  public void point(long value, Labels labels) {
    point(Long.toString(value), labels);
  }

  @Override
  public void point(double value, Labels labels) {
    point(number(value), labels);
  }

  private void point(String value, Labels labels) {
    if (!skipped) {
      sample("", text(labels), null, value).append('\n');
    }
  }

  /** The text formats have none. */
  @Override
  public boolean takesExponential() {
    return false;
  }

  @Override
  public void histogram(HistogramPoint point, Labels labels) {
    if (skipped) {
      return;
    }
    String text = text(labels);
    long cumulative = 0;
    for (int i = 0; i < point.buckets(); i++) {
      cumulative += point.count(i);
      sample("_bucket", text, number(point.bound(i)), Long.toString(cumulative));
      exemplar(point.exemplar(i));
      out.append('\n');
    }
    sample("_sum", text, null, number(point.sum())).append('\n');
    sample("_count", text, null, Long.toString(cumulative)).append('\n');
  }

  private static String text(Labels labels) {
    StringBuilder text = new StringBuilder(64);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      String name = name(labels.key(i).name());
      if (values.put(name, labels.value(i).toString()) != null) {
        values.put(name, joined(labels, name));
      }
    }
    values.forEach(
        (name, value) -> {
          text.append(text.length() == 0 ? "" : ",").append(name).append("=\"");
          escape(text, value, true).append('"');
        });
    return text.toString();
  }

  /**
   * The values of attributes that have the same name here, in the order of their own names.
   *
   * @see <a
   *     href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#metric-attributes">Prometheus
   *     compatibility: metric attributes</a>
   */
  private static String joined(Labels labels, String name) {
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      if (name(labels.key(i).name()).equals(name)) {
        values.put(labels.key(i).name(), labels.value(i).toString());
      }
    }
    return String.join(";", values.values());
  }

  private StringBuilder sample(String suffix, String labels, @Nullable String bound, String value) {
    out.append(sampleName).append(suffix);
    if (bound != null || !labels.isEmpty()) {
      out.append('{').append(labels);
      if (bound != null) {
        out.append(labels.isEmpty() ? "" : ",").append("le=\"").append(bound).append('"');
      }
      out.append('}');
    }
    return out.append(' ').append(value);
  }

  private void exemplar(@Nullable Exemplar exemplar) {
    if (exemplar == null || !openMetrics) {
      return;
    }
    out.append(" # {trace_id=\"");
    hex(exemplar.traceIdHigh());
    hex(exemplar.traceIdLow());
    out.append("\",span_id=\"");
    hex(exemplar.spanId());
    out.append("\"} ").append(number(exemplar.value())).append(' ');
    long millis = exemplar.epochNanos() / 1_000_000;
    out.append(millis / 1000).append('.');
    out.append(Long.toString(1000 + millis % 1000), 1, 4);
  }

  private void hex(long id) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((int) (id >>> shift) & 0xF, 16));
    }
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  /** How a name ends here for the unit that it has there. */
  private static String suffix(Metric metric) {
    switch (metric.unit()) {
      case "s":
        return ".seconds";
      case "By":
        return ".bytes";
      case "1":
        return metric.kind() == Metric.Kind.GAUGE ? ".ratio" : "";
      default:
        return "";
    }
  }

  private static String unit(String name) {
    for (String unit : UNITS) {
      if (name.endsWith("_" + unit)) {
        return unit;
      }
    }
    return "";
  }

  /** A legal name: dots of OpenTelemetry's names become underscores. */
  static String name(String name) {
    StringBuilder legal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (i == 0 && c >= '0' && c <= '9') {
        legal.append('_');
      }
      legal.append(letter || (c >= '0' && c <= '9') ? c : '_');
    }
    return legal.toString();
  }

  /** Escapes a label's value, or a help text, where quotation marks are escaped in part only. */
  static StringBuilder escape(StringBuilder out, String text, boolean quotationMarks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (c == '\\' || (c == '"' && quotationMarks)) {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out;
  }
}
