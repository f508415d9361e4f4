package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Explains why an export fails: looks at the port from outside, with connections of its own, and
 * says which setting to change. Sends no span and, to explain a failure, no header. Thread-safe.
 */
public final class CollectorProbe {

  private static final long EXPLAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int GRPC_PORT = 4317;
  private static final int HTTP_PORT = 4318;

  private final SenderSettings settings;
  private final CollectorEndpoint endpoint;
  private final boolean grpc;
  private final String httpPath;

  /**
   * @param grpc false for HTTP
   * @param httpPath where requests go over HTTP: {@code /v1/traces}
   */
  public CollectorProbe(SenderSettings settings, boolean grpc, String httpPath) {
    this.settings = settings;
    this.endpoint = settings.endpoint();
    this.grpc = grpc;
    this.httpPath = httpPath;
  }

  /** Exports an empty request, with the headers, over a connection of its own, and explains. */
  public ProbeResult probe(long timeoutNanos) {
    OtlpSender sender =
        grpc ? new GrpcSender(settings) : new HttpSender(settings, signal -> httpPath);
    try {
      AttemptDeadline deadline = new AttemptDeadline(timeoutNanos, new ShutdownBudget());
      return explain(sender.send(new OtlpRequest(OtlpSignal.TRACES, new byte[0], 0), deadline));
    } finally {
      sender.close();
    }
  }

  /** What a result that somebody else got means. Takes up to ten seconds for some failures. */
  public ProbeResult explain(ExportResult export) {
    if (export.isSuccess()) {
      return new ProbeResult(true, null, null, export, "");
    }
    switch (FailureKind.of(export)) {
      case UNAUTHENTICATED:
        return answered(export, headersHint());
      case REDIRECTED:
        return answered(
            export,
            "it is answered by a redirect: set otlp.endpoint to the address that it leads to");
      case WRONG_ADDRESS:
      case NO_ANSWER:
        return look(export);
      default:
        return answered(export, "");
    }
  }

  private static ProbeResult answered(ExportResult export, String hint) {
    return new ProbeResult(true, null, null, export, hint);
  }

  private String headersHint() {
    if (settings.headers().isEmpty()) {
      return "the collector wants credentials and none are configured: set otlp.headers or"
          + " otlp.headers_file";
    }
    return "the collector refuses the credentials in the configured headers ("
        + String.join(", ", new TreeSet<>(settings.headers().keySet()))
        + "): check otlp.headers and otlp.headers_file";
  }

  private ProbeResult look(ExportResult export) {
    WireProbe wire = new WireProbe(settings, EXPLAIN_NANOS);
    String proxyFailure = wire.proxyFailure();
    if (proxyFailure != null) {
      return new ProbeResult(false, null, null, export, proxyFailure);
    }
    if (!wire.accepts(endpoint.port())) {
      return new ProbeResult(false, null, null, export, unreachable(export, wire));
    }
    if (!endpoint.tls()) {
      SpokenProtocol spoken = wire.plain();
      return new ProbeResult(true, spoken, null, export, spokenHint(export, spoken));
    }
    return lookAtTls(export, wire);
  }

  private String unreachable(ExportResult export, WireProbe wire) {
    if (export.reason().equals("unknown_host") || export.message().contains("unknown host")) {
      return "the name " + endpoint.host() + " cannot be resolved: check the host in otlp.endpoint";
    }
    String nobody = "nothing accepts connections at " + endpoint;
    int other = endpoint.port() == GRPC_PORT ? HTTP_PORT : GRPC_PORT;
    boolean usual = endpoint.port() == GRPC_PORT || endpoint.port() == HTTP_PORT;
    if (usual && wire.accepts(other)) {
      return nobody
          + ", but at port "
          + other
          + ": set otlp.endpoint="
          + endpoint.withPort(other)
          + " and otlp.protocol="
          + (other == GRPC_PORT ? "grpc" : http());
    }
    return nobody
        + ": is the collector running, and is that its port (usually 4317 for grpc, 4318"
        + " for "
        + http()
        + ")? Set otlp.endpoint";
  }

  /** The form of HTTP that is configured, or the usual one. */
  private String http() {
    return settings.json() ? "http/json" : "http/protobuf";
  }

  private ProbeResult lookAtTls(ExportResult export, WireProbe wire) {
    PresentedCertificate certificate = wire.certificate();
    if (!certificate.seen()) {
      SpokenProtocol spoken = wire.plain();
      if (spoken == SpokenProtocol.HTTP_1 || spoken == SpokenProtocol.HTTP_2) {
        return new ProbeResult(
            true,
            SpokenProtocol.PLAIN_TEXT,
            "the port speaks plain text",
            export,
            "port "
                + endpoint.port()
                + " of "
                + endpoint.host()
                + " speaks plain text, not TLS: set otlp.endpoint="
                + endpoint.withTls(false));
      }
      return new ProbeResult(true, spoken, null, export, spokenHint(export, spoken));
    }
    if (isAboutTrust(export.message())) {
      String wrong =
          certificate.explain(endpoint, settings.tlsFiles().hasAuthorities(), export.message());
      return new ProbeResult(true, SpokenProtocol.TLS, wrong, export, wrong);
    }
    if (certificate.wantsOurs() && FailureKind.of(export) == FailureKind.NO_ANSWER) {
      String wanted =
          settings.tlsFiles().hasClientCertificate()
              ? "the collector does not accept the client certificate in otlp.tls.cert_file"
              : "the collector wants a client certificate: set otlp.tls.cert_file and"
                  + " otlp.tls.key_file";
      return new ProbeResult(true, SpokenProtocol.TLS, wanted, export, wanted);
    }
    SpokenProtocol spoken = wire.secured();
    return new ProbeResult(true, spoken, null, export, spokenHint(export, spoken));
  }

  /** In the words of the JDK and of grpc's transport, and not those of the other side. */
  private static boolean isAboutTrust(String message) {
    return !message.contains("fatal alert")
        && (message.contains("ertificat")
            || message.contains("PKIX")
            || message.contains("verify hostname")
            || message.contains("No name matching")
            || message.contains("subject alternative"));
  }

  private String spokenHint(ExportResult export, @Nullable SpokenProtocol spoken) {
    String port = "port " + endpoint.port() + " of " + endpoint.host();
    if (spoken == SpokenProtocol.TLS) {
      return port + " speaks TLS, not plain text: set otlp.endpoint=" + endpoint.withTls(true);
    }
    if (grpc && spoken == SpokenProtocol.HTTP_1) {
      return port
          + " speaks HTTP/1.1, not grpc: set otlp.protocol=http/protobuf, or otlp.endpoint to the"
          + " grpc port (usually 4317)";
    }
    if (!grpc && spoken == SpokenProtocol.HTTP_2) {
      return port
          + " speaks HTTP/2 only, as grpc does: set otlp.protocol=grpc, or otlp.endpoint to the "
          + http()
          + " port (usually 4318)";
    }
    if (spoken == (grpc ? SpokenProtocol.HTTP_2 : SpokenProtocol.HTTP_1)) {
      return strangerHint(export);
    }
    return port + " accepts connections and speaks nothing that is known: check otlp.endpoint";
  }

  /** For a port that speaks what it should; empty if it may well be the collector. */
  private String strangerHint(ExportResult export) {
    switch (export.reason()) {
      case "not_otlp":
        return "a web server or a proxy answers at "
            + endpoint
            + ", not a collector: check otlp.endpoint and what is in between";
      case "415":
        if (settings.json()) {
          return endpoint + " takes no JSON: set otlp.protocol=http/protobuf";
        }
        return noTraces();
      case "404":
      case "405":
        return noTraces();
      case "unimplemented":
        return endpoint
            + " is no OTLP receiver of traces: does the collector have a traces pipeline with an"
            + " otlp receiver there?";
      default:
        return export.message().contains("text/html")
            ? "a web server or a proxy answers at "
                + endpoint
                + ", not a collector: check otlp.endpoint and what is in between"
            : "";
    }
  }

  private String noTraces() {
    return endpoint
        + " takes no traces at "
        + httpPath
        + ": set otlp.endpoint to the base URL of the collector, to which /v1/traces is appended";
  }
}
