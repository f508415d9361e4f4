package io.otlpagent.agent;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.metrics.ExportMetrics;
import io.otlpagent.agent.export.metrics.MetricExporter;
import io.otlpagent.agent.export.metrics.MetricExporterSettings;
import io.otlpagent.agent.export.otlp.MetricRequestEncoder;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.live.LiveSettings;
import io.otlpagent.agent.live.ProfilingMetrics;
import io.otlpagent.agent.live.SettingsMetrics;
import io.otlpagent.agent.live.Weaving;
import io.otlpagent.agent.live.WeavingMetrics;
import io.otlpagent.agent.metrics.ExperimentalHttpMetrics;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.JvmMetrics;
import io.otlpagent.agent.metrics.MetricSource;
import io.otlpagent.agent.metrics.TargetInfo;
import io.otlpagent.agent.metrics.Temporality;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.agent.wiring.AgentVersion;
import io.otlpagent.agent.wiring.Senders;
import io.otlpagent.instrumentation.metrics.HistogramSettings;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** All figures of the agent, for the endpoint and for the collector. Made on the agent's thread. */
final class AgentMetrics {

  private final List<MetricSource> sources = new ArrayList<>();
  private final @Nullable MetricExporter exporter;

  AgentMetrics(
      AgentConfig config,
      Resource resource,
      BatchDelivery delivery,
      @Nullable StandardOutput console,
      Weaving weaving,
      LiveSettings settings) {
    OtlpSender sender = delivery.sender();
    sources.add(new TargetInfo(resource.attributes()));
    sources.add(new HistogramMetrics(DurationHistograms.all()));
    sources.add(new ExperimentalHttpMetrics());
    sources.add(new ExportMetrics(delivery, config.otlp(), delivery.parking()));
    sources.add(new JvmMetrics());
    sources.add(new WeavingMetrics(weaving));
    sources.add(new SettingsMetrics(settings));
    if (config.instrumentation().profiled()) {
      sources.add(new ProfilingMetrics(weaving.transformed));
    }
    exporter = config.metrics().exported() ? exporter(config, resource, sender, console) : null;
    if (exporter != null) {
      sources.add(exporter.source());
    }
  }

  /** Has histograms do as the operator wants. */
  static void configure(AgentConfig config) {
    MetricsConfig metrics = config.metrics();
    HistogramSettings.install(
        new HistogramSettings(
            metrics.cardinalityLimit(),
            HistogramSettings.ExemplarFilter.valueOf(
                metrics.exemplarFilter().toUpperCase(Locale.ROOT)),
            metrics.exported() && config.instrumentation().exponentialHistograms()
                ? HistogramSettings.Aggregation.BASE2_EXPONENTIAL_BUCKET_HISTOGRAM
                : HistogramSettings.Aggregation.EXPLICIT_BUCKET_HISTOGRAM));
  }

  private MetricExporter exporter(
      AgentConfig config,
      Resource resource,
      OtlpSender spanSender,
      @Nullable StandardOutput console) {
    MetricsConfig metrics = config.metrics();
    OtlpConfig otlp = metrics.otlp();
    boolean apart = !metrics.goesWith(config.otlp());
    long timeout = Long.MAX_VALUE;
    for (long limit : new long[] {metrics.timeoutNanos(), otlp.timeoutNanos()}) {
      timeout = limit == 0 ? timeout : Math.min(timeout, limit);
    }
    boolean copied = metrics.exporters().console() && metrics.exporters().collector();
    return new MetricExporter(
        new MetricExporterSettings(
            metrics.intervalNanos(),
            timeout,
            Temporality.Preference.valueOf(metrics.temporality().toUpperCase(Locale.ROOT)),
            metrics,
            apart),
        sources,
        new MetricRequestEncoder(resource, AgentVersion.get()),
        Senders.ofMetrics(metrics, apart ? null : spanSender, console),
        copied ? console : null);
  }

  List<MetricSource> sources() {
    return sources;
  }

  /** Null if metrics are not sent. */
  @Nullable MetricExporter exporter() {
    return exporter;
  }
}
