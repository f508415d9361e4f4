package io.otlpagent.agent;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.export.CollectorEndpoint;
import io.otlpagent.agent.export.GrpcSpanSender;
import io.otlpagent.agent.export.HttpSpanSender;
import io.otlpagent.agent.export.SenderSettings;
import io.otlpagent.agent.export.SpanSender;
import io.otlpagent.agent.export.TlsFiles;

/** Makes the sender that the settings ask for; it connects when it is first used. */
final class Senders {

  private Senders() {}

  static SpanSender of(OtlpConfig otlp) {
    SenderSettings settings =
        new SenderSettings(
                CollectorEndpoint.of(otlp.endpoint(), !otlp.secure()),
                otlp.headers(),
                otlp.gzip(),
                AgentVersion.get())
            .with(new TlsFiles(otlp.caFile(), otlp.certFile(), otlp.keyFile()));
    return otlp.grpc()
        ? new GrpcSpanSender(settings)
        : new HttpSpanSender(settings, otlp.httpPath("/v1/traces"));
  }

  /** What sends metrics over the connection of that one, which was made {@linkplain #of here}. */
  static SpanSender metrics(SpanSender sender, OtlpConfig otlp) {
    return sender instanceof GrpcSpanSender
        ? ((GrpcSpanSender) sender).metrics()
        : ((HttpSpanSender) sender).to(otlp.httpPath("/v1/metrics"));
  }
}
