package io.otlpagent.agent.wiring;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.export.MetricsConfig;
import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.config.export.RetryConfig;
import io.otlpagent.agent.config.tracing.TracingConfig;
import io.otlpagent.agent.export.console.ConsoleSender;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.probe.CollectorProbe;
import io.otlpagent.agent.export.probe.ExplainingSender;
import io.otlpagent.agent.export.tls.TlsFiles;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ProxyTunnel;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.resource.Resource;
import org.jspecify.annotations.Nullable;

/** Makes the sender that the settings ask for; it connects when it is first used. */
public final class Senders {

  private Senders() {}

  private static SenderSettings settings(OtlpConfig otlp) {
    String proxy = otlp.proxyUrl();
    return direct(otlp)
        .through(
            proxy == null
                ? null
                : new ProxyTunnel(CollectorEndpoint.of(proxy, true), otlp::proxyCredentials));
  }

  private static SenderSettings direct(OtlpConfig otlp) {
    return new SenderSettings(
            CollectorEndpoint.of(otlp.endpoint(), !otlp.secure()),
            otlp.headers(),
            otlp.gzip(),
            AgentVersion.get())
        .withJson(otlp.json())
        .with(new TlsFiles(otlp.tls().caFile(), otlp.tls().certFile(), otlp.tls().keyFile()))
        .with(otlp::headers);
  }

  /** Explains why {@link #of} fails. */
  public static CollectorProbe probe(OtlpConfig otlp) {
    return new CollectorProbe(
        settings(otlp), otlp.grpc(), otlp.httpPath(OtlpSignal.TRACES.httpPath()));
  }

  /** Null if neither spans nor metrics go there. */
  public static @Nullable StandardOutput console(AgentConfig config) {
    return config.otlp().exporters().console() || config.metrics().exporters().console()
        ? new StandardOutput()
        : null;
  }

  public static OtlpSender ofSpans(AgentConfig config, @Nullable StandardOutput console) {
    return console != null && config.otlp().exporters().consoleAlone()
        ? new ConsoleSender(console)
        : of(config);
  }

  /**
   * @param spans that of spans; null if metrics go elsewhere
   */
  public static OtlpSender ofMetrics(
      MetricsConfig metrics, @Nullable OtlpSender spans, @Nullable StandardOutput console) {
    if (console != null && metrics.exporters().consoleAlone()) {
      return new ConsoleSender(console);
    }
    OtlpConfig otlp = metrics.otlp();
    return spans == null ? of(otlp, otlp) : spans;
  }

  private static OtlpSender of(AgentConfig config) {
    return of(config.otlp(), config.metrics().otlp());
  }

  private static OtlpSender of(OtlpConfig spans, OtlpConfig metrics) {
    return new ExplainingSender(sender(spans, metrics), probe(spans));
  }

  /** A further connection for spans, whose failures the first one explains. */
  public static OtlpSender plain(OtlpConfig otlp) {
    return sender(otlp, otlp);
  }

  private static OtlpSender sender(OtlpConfig spans, OtlpConfig metrics) {
    SenderSettings settings = settings(spans);
    return spans.grpc()
        ? new GrpcSender(settings)
        : new HttpSender(
            settings,
            signal -> (signal == OtlpSignal.METRICS ? metrics : spans).httpPath(signal.httpPath()));
  }

  /** How batches are made, and what is done when they do not arrive. */
  public static ExporterSettings exporterSettings(AgentConfig config) {
    OtlpConfig otlp = config.otlp();
    RetryConfig retry = otlp.retry();
    RetryPolicy policy =
        new RetryPolicy(
                retry.maxRetries(),
                retry.initialDelayNanos(),
                retry.maxDelayNanos(),
                retry.multiplier())
            .within(retry.maxElapsedNanos());
    return new ExporterSettings(
        config.batch().maxSize(),
        config.batch().timeoutNanos(),
        otlp.timeoutNanos(),
        retry.disabled() ? policy.off() : policy);
  }

  /** What spans are encoded by. */
  public static TraceRequestEncoder encoder(TracingConfig tracing, Resource resource) {
    AttributeLimits limits =
        new AttributeLimits(
                tracing.attributeCount(), tracing.attributeValueLength(), tracing.eventCount())
            .withEventAttributes(tracing.eventAttributeCount());
    return new TraceRequestEncoder(
        resource, AgentVersion.get(), limits, TraceRequestEncoder.TARGET_REQUEST_BYTES);
  }
}
