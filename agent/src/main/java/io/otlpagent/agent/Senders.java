package io.otlpagent.agent;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.export.CollectorEndpoint;
import io.otlpagent.agent.export.CollectorProbe;
import io.otlpagent.agent.export.ExplainingSender;
import io.otlpagent.agent.export.GrpcSpanSender;
import io.otlpagent.agent.export.HttpSpanSender;
import io.otlpagent.agent.export.SenderSettings;
import io.otlpagent.agent.export.SpanSender;
import io.otlpagent.agent.export.TlsFiles;

/** Makes the sender that the settings ask for; it connects when it is first used. */
public final class Senders {

  private Senders() {}

  private static SenderSettings settings(OtlpConfig otlp) {
    return new SenderSettings(
            CollectorEndpoint.of(otlp.endpoint(), !otlp.secure()),
            otlp.headers(),
            otlp.gzip(),
            AgentVersion.get())
        .withJson(otlp.json())
        .with(new TlsFiles(otlp.caFile(), otlp.certFile(), otlp.keyFile()))
        .with(otlp::headers);
  }

  /** Explains why {@link #of} fails. */
  public static CollectorProbe probe(OtlpConfig otlp) {
    return new CollectorProbe(settings(otlp), otlp.grpc(), otlp.httpPath("/v1/traces"));
  }

  static SpanSender of(OtlpConfig otlp) {
    return new ExplainingSender(plain(otlp), probe(otlp));
  }

  /** A further connection, whose failures the first one explains. */
  static SpanSender plain(OtlpConfig otlp) {
    SenderSettings settings = settings(otlp);
    return otlp.grpc()
        ? new GrpcSpanSender(settings)
        : new HttpSpanSender(settings, otlp.httpPath("/v1/traces"));
  }
}
