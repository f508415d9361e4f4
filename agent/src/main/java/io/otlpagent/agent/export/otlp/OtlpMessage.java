package io.otlpagent.agent.export.otlp;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message of OTLP consists of, as far as its JSON form needs it: the name and the kind of
 * each field. Immutable; made once, when the first request is written as JSON.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">JSON Protobuf
 *     encoding</a>
 */
final class OtlpMessage {

  /** How a value is encoded and how it is written as JSON. */
  enum Kind {
    MESSAGE,
    STRING,
    /** Bytes as base64. */
    BYTES,
    /** The bytes of an id: OTLP differs from Protobuf's JSON here. */
    HEX,
    BOOL,
    /** A number of 32 bits, or an enum. */
    INT32,
    UINT32,
    SINT32,
    FIXED32,
    /** A number of 64 bits as a string, since numbers in JSON often are doubles. */
    INT64,
    UINT64,
    SFIXED64,
    FIXED64,
    DOUBLE
  }

  /** One field. Immutable. */
  static final class Field {

    /** With quotation marks and colon. */
    final String name;

    final Kind kind;
    final boolean repeated;

    // Null unless it is a message; resolved when all messages are known.
    private @Nullable OtlpMessage message;

    Field(String name, Kind kind, boolean repeated) {
      this.name = name;
      this.kind = kind;
      this.repeated = repeated;
    }

    OtlpMessage message() {
      if (message == null) {
        throw new IllegalStateException(name + " is no message");
      }
      return message;
    }
  }

  private static final int MAX_FIELD = 16;

  private static final Map<String, OtlpMessage> ALL = read();

  /** An {@code ExportTraceServiceRequest}, which has the form of {@code TracesData}. */
  static final OtlpMessage TRACES = named("TracesData");

  /** An {@code ExportMetricsServiceRequest}, which has the form of {@code MetricsData}. */
  static final OtlpMessage METRICS = named("MetricsData");

  private final @Nullable Field[] fields = new @Nullable Field[MAX_FIELD + 1];

  private OtlpMessage() {}

  private static Map<String, OtlpMessage> read() {
    Map<String, OtlpMessage> all = new HashMap<>();
    for (String[] line : OtlpSchema.TABLE) {
      all.put(line[0], new OtlpMessage());
    }
    for (String[] line : OtlpSchema.TABLE) {
      OtlpMessage message = all.get(line[0]);
      for (int i = 1; message != null && i < line.length; i++) {
        message.add(line[i], all);
      }
    }
    return all;
  }

  private void add(String description, Map<String, OtlpMessage> all) {
    int first = description.indexOf(' ');
    int second = description.indexOf(' ', first + 1);
    boolean repeated = description.endsWith("*");
    String type = description.substring(second + 1, description.length() - (repeated ? 1 : 0));
    OtlpMessage message = all.get(type);
    Kind kind = message == null ? Kind.valueOf(type.toUpperCase(Locale.ROOT)) : Kind.MESSAGE;
    String name = '"' + description.substring(first + 1, second) + "\":";
    Field field = new Field(name, kind, repeated);
    field.message = message;
    fields[Integer.parseInt(description.substring(0, first))] = field;
  }

  private static OtlpMessage named(String name) {
    OtlpMessage message = ALL.get(name);
    if (message == null) {
      throw new IllegalArgumentException(name);
    }
    return message;
  }

  /** Null if OTLP had no such field when this was written. */
  @Nullable Field field(int number) {
    return number <= MAX_FIELD ? fields[number] : null;
  }
}
