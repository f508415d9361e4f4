package io.otlpagent.agent.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.Streams;
import com.google.gson.stream.JsonReader;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** Reads OTLP's JSON by Protobuf's own parser. */
public final class JsonForm {

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");

  private JsonForm() {}

  /** The text of bytes that must be UTF-8. */
  public static String text(byte[] bytes, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8", e);
    }
  }

  /** Merges JSON, which must be strictly that and in one line, into a message. */
  public static <B extends Message.Builder> B parse(String json, B into) {
    assertThat(json).doesNotContain("\n", "\r");
    try {
      JsonReader reader = new JsonReader(new StringReader(json));
      reader.setStrictness(Strictness.STRICT);
      JsonElement tree = Streams.parse(reader);
      assertThat(reader.peek()).hasToString("END_DOCUMENT");
      JsonFormat.parser().merge(converted("", tree).toString(), into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(json, e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** With ids as Protobuf has them: base64, where OTLP has hexadecimal digits. */
  private static JsonElement converted(String name, JsonElement element) {
    if (element instanceof JsonObject object) {
      JsonObject converted = new JsonObject();
      for (Map.Entry<String, JsonElement> member : object.entrySet()) {
        converted.add(member.getKey(), converted(member.getKey(), member.getValue()));
      }
      return converted;
    }
    if (element instanceof JsonArray array) {
      JsonArray converted = new JsonArray();
      array.forEach(each -> converted.add(converted("", each)));
      return converted;
    }
    if (IDS.contains(name)) {
      byte[] id = HexFormat.of().parseHex(element.getAsString());
      return new JsonPrimitive(Base64.getEncoder().encodeToString(id));
    }
    return element;
  }
}
