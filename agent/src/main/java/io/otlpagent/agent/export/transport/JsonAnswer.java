package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.otlp.JsonReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What {@link CollectorAnswer} reads, where it is JSON. Names are taken in both spellings that
 * Protobuf's JSON has, and the counts of both signals.
 */
final class JsonAnswer {

  private JsonAnswer() {}

  /** The result that an export response stands for. */
  static ExportResult success(byte[] response) {
    JsonReader reader = new JsonReader(new String(response, StandardCharsets.UTF_8));
    if (reader.enter()) {
      while (reader.next()) {
        if (is(reader, "partialSuccess", "partial_success") && reader.enter()) {
          return partial(reader);
        }
        reader.skip();
      }
    }
    return ExportResult.success();
  }

  private static ExportResult partial(JsonReader reader) {
    long rejected = 0;
    String message = "";
    while (reader.next()) {
      if (is(reader, "rejectedSpans", "rejected_spans")
          || is(reader, "rejectedDataPoints", "rejected_data_points")) {
        rejected = reader.number();
      } else if (is(reader, "errorMessage", "error_message")) {
        message = CollectorAnswer.shorten(reader.text());
      } else {
        reader.skip();
      }
    }
    return CollectorAnswer.result(rejected, message);
  }

  private static boolean is(JsonReader reader, String camelCase, String snakeCase) {
    return reader.name().equals(camelCase) || reader.name().equals(snakeCase);
  }

  /** The {@code message} of a {@code google.rpc.Status}; null if there is none. */
  static @Nullable String statusMessage(byte[] status) {
    JsonReader reader = new JsonReader(new String(status, StandardCharsets.UTF_8));
    if (reader.enter()) {
      while (reader.next()) {
        if (reader.name().equals("message")) {
          return CollectorAnswer.shorten(reader.text());
        }
        reader.skip();
      }
    }
    return null;
  }
}
