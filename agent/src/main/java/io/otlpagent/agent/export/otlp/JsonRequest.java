package io.otlpagent.agent.export.otlp;

/**
 * Writes an encoded request as OTLP's JSON: what waits, is split or lies on disk is Protobuf
 * always, and becomes JSON when it is sent. Stateless but for one call; any thread.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">Protobuf's JSON</a>
 */
public final class JsonRequest {

  private final JsonBuffer out;

  private JsonRequest(JsonBuffer out) {
    this.out = out;
  }

  /**
   * Writes the message that the first bytes of an array are.
   *
   * @throws IllegalArgumentException if they are none
   */
  public static JsonBuffer of(OtlpMessage message, byte[] request, int length) {
    JsonBuffer out = new JsonBuffer(2 * length + 1024);
    new JsonRequest(out).message(new ProtoReader(request, 0, length), message);
    return out;
  }

  private void message(ProtoReader reader, OtlpMessage type) {
    // A bit for each field that is written. A repeated one is written where its first element is.
    long written = 0;
    out.append('{');
    while (reader.next()) {
      OtlpMessage.Field field = type.field(reader.field());
      if (field == null || (written & 1L << reader.field()) != 0) {
        continue;
      }
      if (written != 0) {
        out.append(',');
      }
      written |= 1L << reader.field();
      out.append(field.name);
      if (field.repeated) {
        array(reader.here(), field);
      } else {
        value(reader, field);
      }
    }
    if (reader.damaged()) {
      throw new IllegalArgumentException("a damaged request");
    }
    out.append('}');
  }

  private void array(ProtoReader reader, OtlpMessage.Field field) {
    int number = reader.field();
    char separator = '[';
    do {
      if (reader.field() != number) {
        continue;
      }
      if (reader.packed(field.kind)) {
        ProtoReader elements = reader.message();
        while (elements.nextElement(field.kind)) {
          out.append(separator);
          separator = ',';
          value(elements, field);
        }
      } else {
        out.append(separator);
        separator = ',';
        value(reader, field);
      }
    } while (reader.next());
    out.append(separator == '[' ? "[]" : "]");
  }

  private void value(ProtoReader reader, OtlpMessage.Field field) {
    switch (field.kind) {
      case MESSAGE:
        message(reader.message(), field.message());
        break;
      case STRING:
        out.string(reader.array(), reader.contentStart(), reader.contentEnd());
        break;
      case BYTES:
        out.base64(reader.array(), reader.contentStart(), reader.contentEnd());
        break;
      case HEX:
        out.hex(reader.array(), reader.contentStart(), reader.contentEnd());
        break;
      default:
        number(reader.number(), field.kind);
    }
  }

  private void number(long value, OtlpMessage.Kind kind) {
    switch (kind) {
      case BOOL:
        out.append(value == 0 ? "false" : "true");
        break;
      case INT32:
        out.append(Integer.toString((int) value));
        break;
      case SINT32:
        int zigzag = (int) value;
        out.append(Integer.toString(zigzag >>> 1 ^ -(zigzag & 1)));
        break;
      case UINT32:
      case FIXED32:
        out.append(Long.toString(value & 0xFFFF_FFFFL));
        break;
      case UINT64:
      case FIXED64:
        out.quoted(Long.toUnsignedString(value));
        break;
      case DOUBLE:
        decimal(Double.longBitsToDouble(value));
        break;
      default:
        out.quoted(Long.toString(value));
    }
  }

  /** JSON has no numbers for what is not finite. */
  private void decimal(double value) {
    String text = Double.toString(value);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      out.quoted(text);
    } else {
      out.append(text);
    }
  }
}
