package io.otlpagent.smoke.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as a Markdown table: medians, what each agent adds, and the ratio of what they add. */
final class MarkdownTable {

  private static final List<String> HEADINGS =
      List.of(
          "median",
          Variant.NONE.toString(),
          Variant.OTLP_AGENT.toString(),
          Variant.OPENTELEMETRY.toString(),
          "otlp-agent adds",
          "OpenTelemetry adds",
          "ratio");

  private final Results results;

  MarkdownTable(Results results) {
    this.results = results;
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    results.metrics().forEach(metric -> rows.add(row(metric)));
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i == 0) {
        rule(text, widths);
      }
    }
    return text.toString();
  }

  private List<String> row(Metric metric) {
    List<String> row = new ArrayList<>();
    row.add(metric.toString());
    for (Variant variant : Variant.values()) {
      row.add(number(results.median(variant, metric), metric.decimals()));
    }
    double ours = metric.isCost() ? results.added(Variant.OTLP_AGENT, metric) : Double.NaN;
    double theirs = metric.isCost() ? results.added(Variant.OPENTELEMETRY, metric) : Double.NaN;
    row.add(number(ours, metric.decimals()));
    row.add(number(theirs, metric.decimals()));
    row.add(number(ours / theirs, 2));
    return row;
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      text.append("| ");
      text.append(i == 0 ? cells.get(i) + padding : padding + cells.get(i)).append(' ');
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      text.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 ? '-' : ':');
    }
    text.append("|\n");
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
