package io.otlpagent.agent.export.probe;

import io.otlpagent.agent.export.transport.ExportResult;

/** What a failed export is a sign of, by the reason that it gave. */
enum FailureKind {
  /** The collector is busy or restarts: nothing that a setting would change. */
  PASSING,
  UNAUTHENTICATED,
  /** Something answered, at an address or in a way that is not the collector's. */
  WRONG_ADDRESS,
  REDIRECTED,
  /** No usable answer at all. */
  NO_ANSWER;

  static FailureKind of(ExportResult result) {
    String reason = result.reason();
    switch (reason) {
      case "401":
      case "403":
      case "unauthenticated":
      case "permission_denied":
        return UNAUTHENTICATED;
      case "400":
      case "404":
      case "405":
      case "415":
      case "426":
      case "501":
      case "505":
      case "not_otlp":
      case "unimplemented":
      case "unknown":
      case "internal":
        return WRONG_ADDRESS;
      case "connection":
      case "deadline_exceeded":
      case "timeout":
      case "tls":
      case "unknown_host":
        return NO_ANSWER;
      default:
        if (result.isUnreached()) {
          return NO_ANSWER;
        }
        return reason.length() == 3 && reason.charAt(0) == '3' ? REDIRECTED : PASSING;
    }
  }
}
