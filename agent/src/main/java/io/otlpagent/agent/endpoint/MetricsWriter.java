package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.logging.AgentLog;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes metric families in Prometheus' text format 0.0.4 or in OpenMetrics 1.0.0. A family is
 * begun with its type and then gets its samples. Used by one thread.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
public final class MetricsWriter {

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
      source.write(this);
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

  /**
   * Begins a family of counters.
   *
   * @param name without {@code _total}, which its samples get
   */
  public MetricsWriter counter(String name, String help) {
    String legal = name(name);
    // In the older format the family has the name of its samples.
    begin(openMetrics ? legal : legal + "_total", "counter", unit(legal), help);
    sampleName = legal + "_total";
    return this;
  }

  public MetricsWriter gauge(String name, String help) {
    String legal = name(name);
    begin(legal, "gauge", unit(legal), help);
    sampleName = legal;
    return this;
  }

  /**
   * Begins a family whose samples are written by {@link #histogram(double[], long[], double,
   * Labels)}.
   */
  public MetricsWriter histogram(String name, String help) {
    String legal = name(name);
    begin(legal, "histogram", unit(legal), help);
    sampleName = legal;
    return this;
  }

  /**
   * Begins a family that only carries labels, with the value 1.
   *
   * @param name without {@code _info}
   */
  public MetricsWriter info(String name, String help) {
    String legal = name(name);
    begin(openMetrics ? legal : legal + "_info", openMetrics ? "info" : "gauge", "", help);
    sampleName = legal + "_info";
    return this;
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

  public MetricsWriter sample(long value, Labels labels) {
    return sample("", null, Long.toString(value), labels);
  }

  public MetricsWriter sample(double value, Labels labels) {
    return sample("", null, number(value), labels);
  }

  public MetricsWriter sample(long value) {
    return sample(value, Labels.NONE);
  }

  public MetricsWriter sample(double value) {
    return sample(value, Labels.NONE);
  }

  /**
   * Writes one histogram.
   *
   * @param bounds upper bounds, ascending
   * @param counts of each bucket alone, one more than there are bounds
   */
  public MetricsWriter histogram(double[] bounds, long[] counts, double sum, Labels labels) {
    long cumulative = 0;
    for (int i = 0; i < counts.length; i++) {
      cumulative += counts[i];
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      sample("_bucket", bound, Long.toString(cumulative), labels);
    }
    sample("_sum", null, number(sum), labels);
    return sample("_count", null, Long.toString(cumulative), labels);
  }

  private MetricsWriter sample(String suffix, @Nullable String bound, String value, Labels labels) {
    if (skipped) {
      return this;
    }
    out.append(sampleName).append(suffix);
    if (bound != null || !labels.isEmpty()) {
      out.append('{').append(labels.text());
      if (bound != null) {
        out.append(labels.isEmpty() ? "" : ",").append("le=\"").append(bound).append('"');
      }
      out.append('}');
    }
    out.append(' ').append(value).append('\n');
    return this;
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
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
