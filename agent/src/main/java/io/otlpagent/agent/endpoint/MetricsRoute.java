package io.otlpagent.agent.endpoint;

import io.otlpagent.agent.metrics.MetricSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code /metrics}: all figures, in the form that the scraper prefers. */
final class MetricsRoute implements Route {

  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final List<MetricSource> sources;

  MetricsRoute(List<MetricSource> sources) {
    this.sources = new ArrayList<>(sources);
  }

  @Override
  public HttpResponse respond(HttpRequest request) {
    boolean openMetrics = prefersOpenMetrics(request.header("accept"));
    MetricsWriter writer = new MetricsWriter(openMetrics);
    for (MetricSource source : sources) {
      writer.add(source);
    }
    return HttpResponse.of(200, openMetrics ? OPEN_METRICS : TEXT, writer.finish());
  }

  /** OpenMetrics must be named; everything else, {@code *}{@code /*} too, gets the older text. */
  static boolean prefersOpenMetrics(String accept) {
    double openMetrics = 0;
    double text = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].trim();
      double quality = quality(parts);
      if (type.equals("application/openmetrics-text")) {
        openMetrics = Math.max(openMetrics, quality);
      } else if (type.equals("text/plain") || type.equals("text/*") || type.equals("*/*")) {
        text = Math.max(text, quality);
      }
    }
    return openMetrics > 0 && openMetrics >= text;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
