package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.otlp.OtlpFields;
import io.otlpagent.agent.export.otlp.ProtoReader;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a collector answers in Protobuf: the export response and {@code google.rpc.Status}.
 */
public final class CollectorAnswer {

  private static final int MAX_MESSAGE_LENGTH = 500;

  private CollectorAnswer() {}

  /** The result that an {@code ExportTraceServiceResponse} stands for. */
  public static ExportResult success(byte[] response) {
    long rejected = 0;
    String message = "";
    ProtoReader reader = new ProtoReader(response);
    while (reader.next()) {
      if (reader.field() == OtlpFields.RESPONSE_PARTIAL_SUCCESS) {
        ProtoReader partial = reader.message();
        while (partial.next()) {
          if (partial.field() == OtlpFields.PARTIAL_REJECTED_SPANS) {
            rejected = partial.number();
          } else if (partial.field() == OtlpFields.PARTIAL_ERROR_MESSAGE) {
            message = shorten(partial.text());
          }
        }
      }
    }
    return result(rejected, message);
  }

  /** Some collectors always send the partial success, empty. */
  static ExportResult result(long rejected, String message) {
    return rejected <= 0 && message.isEmpty()
        ? ExportResult.success()
        : ExportResult.partial(rejected, message);
  }

  /** The {@code message} of a {@code google.rpc.Status}; empty if there is none. */
  static String statusMessage(byte[] status) {
    ProtoReader reader = new ProtoReader(status);
    while (reader.next()) {
      if (reader.field() == 2) {
        return shorten(reader.text());
      }
    }
    return "";
  }

  /**
   * The delay of the {@code google.rpc.RetryInfo} among the details of a {@code google.rpc.Status}.
   *
   * @return -1 if there is none
   */
  public static long retryDelayNanos(byte[] status) {
    ProtoReader reader = new ProtoReader(status);
    while (reader.next()) {
      if (reader.field() == 3) {
        long delay = retryInfo(reader.message());
        if (delay >= 0) {
          return delay;
        }
      }
    }
    return -1;
  }

  /** {@code Any{type_url=1, value=2}} with {@code RetryInfo{retry_delay=1}}. */
  private static long retryInfo(ProtoReader any) {
    boolean isRetryInfo = false;
    long delay = 0;
    while (any.next()) {
      if (any.field() == 1) {
        isRetryInfo = any.text().endsWith("/google.rpc.RetryInfo");
      } else if (any.field() == 2) {
        ProtoReader info = any.message();
        while (info.next()) {
          if (info.field() == 1) {
            delay = duration(info.message());
          }
        }
      }
    }
    return isRetryInfo ? delay : -1;
  }

  /** {@code Duration{seconds=1, nanos=2}}; a negative one counts as 0. */
  private static long duration(ProtoReader duration) {
    long nanos = 0;
    while (duration.next()) {
      if (duration.field() == 1) {
        nanos += TimeUnit.SECONDS.toNanos(limit(duration.number()));
      } else if (duration.field() == 2) {
        nanos += limit(duration.number());
      }
    }
    return Math.max(0, nanos);
  }

  /** To a billion, of seconds or nanoseconds, so that sums do not overflow. */
  private static long limit(long number) {
    return Math.max(-1_000_000_000, Math.min(1_000_000_000, number));
  }

  static String shorten(String text) {
    return text.length() <= MAX_MESSAGE_LENGTH ? text : text.substring(0, MAX_MESSAGE_LENGTH);
  }
}
