package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.export.OtlpConfig;
import io.otlpagent.agent.export.probe.ProbeResult;
import io.otlpagent.agent.export.probe.SpokenProtocol;
import io.otlpagent.agent.export.transport.ExportResult;

/** Says in the operator's words why a collector takes no spans. Stateless. */
final class CollectorFindings {

  private CollectorFindings() {}

  /**
   * @param probe of an export that was no success
   */
  static Finding of(OtlpConfig otlp, ProbeResult probe) {
    String why = text(probe.export());
    if (!probe.reachable() && isThisMachine(otlp.host())) {
      why += "; in a container " + otlp.host() + " is the container itself";
    }
    return Finding.error(what(otlp, probe), why, probe.hint());
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static String what(OtlpConfig otlp, ProbeResult probe) {
    String address = otlp.host() + ":" + otlp.port();
    if (!probe.reachable()) {
      return "nothing accepts connections at " + address;
    }
    if (Boolean.FALSE.equals(probe.authenticated())) {
      return "the collector at " + address + " refuses the credentials";
    }
    if (probe.tlsFailure() != null) {
      return "no TLS connection to " + address;
    }
    SpokenProtocol wanted = otlp.grpc() ? SpokenProtocol.HTTP_2 : SpokenProtocol.HTTP_1;
    if (probe.spoken() != null && probe.spoken() != wanted) {
      return address + " does not speak " + otlp.protocol();
    }
    return "the collector at " + address + " takes no spans";
  }

  /** What the collector, or the attempt to reach it, said. */
  static String text(ExportResult export) {
    return export.message().isEmpty() ? export.reason() : export.message();
  }
}
