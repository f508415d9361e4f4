package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.OtlpConfig;
import io.otlpagent.agent.export.ExportResult;
import java.util.Locale;

/** Says in the operator's words why a collector takes no spans. Stateless. */
public final class CollectorFindings {

  private CollectorFindings() {}

  /**
   * @param answer what the collector said to a request, which is no success
   */
  public static Finding of(OtlpConfig otlp, ExportResult answer) {
    String address = otlp.host() + ":" + otlp.port();
    String said = answer.message().isEmpty() ? answer.reason() : answer.message();
    String text = said.toLowerCase(Locale.ROOT);
    String protocol = otlp.grpc() ? "grpc" : "http/protobuf";
    if (refused(text)) {
      return Finding.error(
          "nothing listens at " + address,
          said,
          "start the collector, or set OTEL_EXPORTER_OTLP_ENDPOINT to where it is; in a container"
              + " localhost is the container itself");
    }
    if (text.contains("unknown host") || text.contains("unknownhost")) {
      return Finding.error(
          "the name " + otlp.host() + " has no address",
          said,
          "set OTEL_EXPORTER_OTLP_ENDPOINT to a name that this machine can look up");
    }
    if (unauthorized(answer.reason())) {
      return Finding.error(
          "the collector at " + address + " refuses the credentials",
          said,
          "check otlp.headers (OTEL_EXPORTER_OTLP_HEADERS) or otlp.headers_file: the name of the"
              + " header, the token, and whether it has expired");
    }
    if (tls(text)) {
      return Finding.error(
          "no TLS connection to " + address,
          said,
          "set otlp.tls.ca_file to the authority that signed the collector's certificate; is the"
              + " host name one of the certificate's, and does the collector speak TLS there?");
    }
    if (otlp.grpc() ? otlp.port() == 4318 : otlp.port() == 4317) {
      return Finding.error(
          "port " + otlp.port() + " does not speak " + protocol,
          said,
          otlp.grpc()
              ? "4318 is the port for http/protobuf: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf,"
                  + " or use port 4317"
              : "4317 is the port for grpc: set OTEL_EXPORTER_OTLP_PROTOCOL=grpc, or use port 4318");
    }
    return Finding.error(
        "the collector at " + address + " takes no spans",
        said,
        "is " + otlp.endpoint() + " an OTLP endpoint for " + protocol + "?");
  }

  private static boolean refused(String text) {
    return text.contains("connection refused") || text.contains("connectexception");
  }

  private static boolean unauthorized(String reason) {
    return reason.equals("401")
        || reason.equals("403")
        || reason.equals("unauthenticated")
        || reason.equals("permission_denied");
  }

  private static boolean tls(String text) {
    return text.contains("ssl") || text.contains("certificate") || text.contains("certpath");
  }
}
