package io.otlpagent.agent.export.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import io.otlpagent.agent.export.transport.CollectorAnswer;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.ProxyException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which gRPC status means what.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP: failures</a>
 */
final class GrpcOutcome {

  private static final Metadata.Key<byte[]> STATUS_DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final int MAX_CAUSES = 16;

  private GrpcOutcome() {}

  static ExportResult of(Status status, GrpcCall call) {
    if (status.isOk()) {
      return CollectorAnswer.success(call.response());
    }
    String reason = status.getCode().name().toLowerCase(Locale.ROOT);
    String message = describe(status);
    if (!call.sent()) {
      // Only the transport can have failed; whatever it calls that, the collector saw nothing.
      return ExportResult.unreached(reason, message);
    }
    if (!call.answered()) {
      // Made up by the transport for a connection or a stream that ended without a response.
      return ExportResult.unanswered(reason, message);
    }
    if (isTooLarge(status)) {
      return ExportResult.permanent("response_too_large", "response is larger than 4 MiB");
    }
    long serverDelay = retryDelayNanos(call.trailers());
    switch (status.getCode()) {
      case CANCELLED:
      case DEADLINE_EXCEEDED:
      case ABORTED:
      case OUT_OF_RANGE:
      case UNAVAILABLE:
      case DATA_LOSS:
        return ExportResult.retryable(reason, message, Math.max(0, serverDelay));
      case RESOURCE_EXHAUSTED:
        // Without the hint the request itself is too much, and will be the next time.
        return serverDelay >= 0
            ? ExportResult.retryable(reason, message, serverDelay)
            : ExportResult.permanent(reason, message);
      default:
        return ExportResult.permanent(reason, message);
    }
  }

  /** The size of a compressed message shows when it is read, and grpc cancels the call for it. */
  private static boolean isTooLarge(Status status) {
    return status.getCode() == Status.Code.CANCELLED
        && status.getCause() != null
        && Status.fromThrowable(status.getCause()).getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  private static long retryDelayNanos(Metadata trailers) {
    byte[] details = trailers.get(STATUS_DETAILS);
    return details == null ? -1 : CollectorAnswer.retryDelayNanos(details);
  }

  private static String describe(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = rootCause(status.getCause());
    if (cause != null) {
      text.append(": ").append(cause instanceof ProxyException ? cause.getMessage() : cause);
    }
    return text.toString();
  }

  private static @Nullable Throwable rootCause(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    // Some are of TLS providers and name services that the application brings: they may be a
    // circle.
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      Throwable inner = cause.getCause();
      if (inner == null || inner == cause) {
        return cause;
      }
      cause = inner;
    }
    return thrown;
  }
}
