package io.otlpagent.agent.export;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.otlpagent.instrumentation.trace.AttributeBlock;
import io.otlpagent.instrumentation.trace.AttributeKey;
import io.otlpagent.instrumentation.trace.AttributeWriter;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes ended spans of every shape, and keeps what their attributes must become. */
final class RandomSpans {

  private static final InstrumentationScope[] SCOPES = {
    InstrumentationScope.of("jdbc"),
    InstrumentationScope.of("tomcat"),
    InstrumentationScope.of("http-url-connection")
  };

  private static final List<SpanKind> KINDS = List.of(SpanKind.values());

  private final Random random;
  private final Tracer tracer =
      new Tracer(
          Sampler.ALWAYS_ON,
          new IdGenerator(1, 2),
          new TimeSource(),
          new SpanCounters(),
          span -> {});

  RandomSpans(long seed) {
    this.random = new Random(seed);
  }

  Sample next() {
    List<KeyValue> expected = new ArrayList<>();
    Consumer<AttributeWriter> attributes = attributes(expected);
    Span span =
        new TestSpan(
            SCOPES[random.nextInt(SCOPES.length)],
            KINDS.get(random.nextInt(KINDS.size())),
            text(30),
            attributes);
    start(span);
    if (random.nextInt(3) == 0) {
      span.fail("500", random.nextBoolean() ? text(40) : null);
    }
    if (random.nextInt(4) == 0) {
      span.recordException(new IllegalStateException(random.nextBoolean() ? text(50) : null));
    }
    tracer.end(span);
    return new Sample(span, expected);
  }

  private void start(Span span) {
    switch (random.nextInt(3)) {
      case 0 -> tracer.startRemote(span, null, null);
      case 1 -> {
        String state = random.nextBoolean() ? "vendor=" + text(10) : null;
        SpanContext parent =
            new SpanContext(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextInt(4), state);
        tracer.startRemote(span, parent, null);
      }
      default -> {
        Span root = new TestSpan("root");
        tracer.startRemote(root, null, null);
        tracer.startAt(span, root, System.nanoTime());
      }
    }
  }

  private Consumer<AttributeWriter> attributes(List<KeyValue> expected) {
    Consumer<AttributeWriter> all = writer -> {};
    int count = random.nextInt(20);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(8) == 0) {
        all = block(all);
      }
      AttributeKey key = AttributeKey.of("key." + i);
      AnyValue.Builder value = AnyValue.newBuilder();
      all = all.andThen(attribute(key, value));
      expected.add(KeyValue.newBuilder().setKey(key.name()).setValue(value).build());
    }
    return all;
  }

  /** The same attributes as a block, which may contain blocks. */
  private static Consumer<AttributeWriter> block(Consumer<AttributeWriter> attributes) {
    AttributeBlock block =
        new AttributeBlock() {
          @Override
          public void writeTo(AttributeWriter writer) {
            attributes.accept(writer);
          }
        };
    return writer -> writer.put(block);
  }

  private Consumer<AttributeWriter> attribute(AttributeKey key, AnyValue.Builder value) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        long number = random.nextLong() >> random.nextInt(64);
        value.setIntValue(number);
        yield writer -> writer.put(key, number);
      }
      case 1 -> {
        boolean bool = random.nextBoolean();
        value.setBoolValue(bool);
        yield writer -> writer.put(key, bool);
      }
      case 2 -> {
        List<String> texts = new ArrayList<>();
        ArrayValue.Builder array = ArrayValue.newBuilder();
        for (int i = 0; i <= random.nextInt(5); i++) {
          texts.add(text(60));
          array.addValues(AnyValue.newBuilder().setStringValue(utf8(texts.get(i))));
        }
        value.setArrayValue(array);
        yield writer -> writer.put(key, texts);
      }
      default -> {
        String text = "x" + text(random.nextInt(10) == 0 ? 20_000 : 200);
        value.setStringValue(utf8(text));
        yield writer -> writer.put(key, text);
      }
    };
  }

  /** Mostly ASCII; else of every width of UTF-8, with halves of surrogate pairs. */
  private String text(int maxLength) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(maxLength + 1);
    boolean ascii = random.nextBoolean();
    while (text.length() < length) {
      switch (ascii ? 0 : random.nextInt(5)) {
        case 0 -> text.append((char) (' ' + random.nextInt(95)));
        case 1 -> text.append((char) (0x80 + random.nextInt(0x780)));
        case 2 -> text.append((char) (0x800 + random.nextInt(0xD000)));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) (0xD800 + random.nextInt(0x800)));
      }
    }
    return text.toString();
  }

  /** What a text is after a journey as UTF-8. */
  static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  record Sample(Span span, List<KeyValue> attributes) {}
}
