package io.otlpagent.agent.export.otlp;

import io.otlpagent.agent.export.TestSpan;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes ended spans of every shape, and keeps what was put into them. */
final class RandomSpans {

  private static final InstrumentationScope[] SCOPES = {
    InstrumentationScope.of("jdbc"),
    InstrumentationScope.of("tomcat"),
    InstrumentationScope.of("http-url-connection"),
    InstrumentationScope.of("\u00FCnic\u00F6de")
  };

  private static final List<SpanKind> KINDS = List.of(SpanKind.values());

  /** Where the length of a text, of its attribute or of its array takes one byte more. */
  private static final int[] BOUNDARIES = {127, 128, 16383, 16384};

  private final Random random;
  private final Tracer tracer =
      new Tracer(
          Sampler.ALWAYS_ON,
          new IdGenerator(1, 2),
          new TimeSource(),
          new SpanCounters(),
          span -> {});
  private final List<Block> blocks = new ArrayList<>();

  RandomSpans(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      blocks.add(new Block(attributes(4)));
    }
  }

  /** Any span; one of a hundred cannot be read to the end. */
  Sample next() {
    List<Object> content = content();
    boolean readable = random.nextInt(100) > 0;
    Span span =
        new TestSpan(
            SCOPES[random.nextInt(SCOPES.length)],
            KINDS.get(random.nextInt(KINDS.size())),
            text(),
            writer -> write(content, readable, writer));
    SpanContext parent = start(span);
    if (random.nextInt(3) == 0) {
      span.fail("500", random.nextBoolean() ? text() : null);
    }
    if (random.nextInt(4) == 0) {
      span.recordException(new IllegalStateException(random.nextBoolean() ? text() : null));
    }
    tracer.end(span);
    return new Sample(span, parent, flat(content), readable);
  }

  /** Returns the context of the caller in another process, if that is the parent. */
  private @Nullable SpanContext start(Span span) {
    switch (random.nextInt(3)) {
      case 0 -> tracer.startRemote(span, null, null);
      case 1 -> {
        String state = random.nextBoolean() ? "vendor=" + text() : null;
        SpanContext parent =
            new SpanContext(
                random.nextLong(), random.nextLong(), random.nextLong(), random.nextInt(4), state);
        tracer.startRemote(span, parent, null);
        return parent;
      }
      default -> {
        Span root = new TestSpan("root");
        tracer.startRemote(root, null, null);
        tracer.startAt(span, root, System.nanoTime());
      }
    }
    return null;
  }

  /** Attributes and blocks of them, some of these shared with other spans, some with blocks. */
  private List<Object> content() {
    List<Object> content = new ArrayList<>();
    int parts = random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      switch (random.nextInt(4)) {
        case 0 -> content.add(blocks.get(random.nextInt(blocks.size())));
        case 1 -> {
          List<Object> nested = new ArrayList<>(attributes(3));
          nested.add(blocks.get(random.nextInt(blocks.size())));
          content.add(new Block(nested));
        }
        default -> content.addAll(attributes(6));
      }
    }
    return content;
  }

  private List<Object> attributes(int most) {
    List<Object> attributes = new ArrayList<>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      attributes.add(new Attribute(AttributeKey.of("key." + random.nextInt(1000)), value()));
    }
    return attributes;
  }

  private @Nullable Object value() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> random.nextLong() >> random.nextInt(64);
      case 2 -> random.nextBoolean();
      case 3 -> {
        String[] texts = new String[random.nextInt(6)];
        Arrays.setAll(texts, i -> random.nextInt(10) == 0 ? null : text());
        yield Arrays.asList(texts);
      }
      case 4 -> random.nextInt(4) == 0 ? null : "";
      default -> text();
    };
  }

  /** Mostly short and ASCII; else of every width of UTF-8, with halves of surrogate pairs. */
  private String text() {
    int kind = random.nextInt(10);
    if (kind == 0) {
      // The same character: 1, 2, 3 or 4 bytes each, up to a boundary of the whole.
      String character = List.of("x", "\u00E9", "\u20AC", "\uD83D\uDE00").get(random.nextInt(4));
      int bytes = BOUNDARIES[random.nextInt(BOUNDARIES.length)] - 30 + random.nextInt(33);
      int width = List.of(1, 2, 3, 4).get("x\u00E9\u20AC\uD83D".indexOf(character.charAt(0)));
      return "y".repeat(bytes % width) + character.repeat(bytes / width);
    }
    int length = random.nextInt(kind == 1 ? 300 : 40);
    StringBuilder text = new StringBuilder();
    boolean ascii = random.nextBoolean();
    while (text.length() < length) {
      switch (ascii ? 0 : random.nextInt(5)) {
        case 0 -> text.append((char) random.nextInt(0x80));
        case 1 -> text.append((char) (0x80 + random.nextInt(0x780)));
        case 2 -> text.append((char) (0x800 + random.nextInt(0xD000)));
        case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
        default -> text.append((char) (0xD800 + random.nextInt(0x800)));
      }
    }
    return text.toString();
  }

  private static void write(List<Object> content, boolean readable, AttributeWriter writer) {
    for (Object part : content) {
      if (part instanceof Block block) {
        writer.put(block);
      } else {
        write((Attribute) part, writer);
      }
    }
    if (!readable) {
      throw new IllegalStateException("of the application");
    }
  }

  @SuppressWarnings("unchecked") // A list is one of texts.
  private static void write(Attribute attribute, AttributeWriter writer) {
    AttributeKey key = attribute.key();
    Object value = attribute.value();
    if (value instanceof Long number) {
      writer.put(key, number);
    } else if (value instanceof Boolean bool) {
      writer.put(key, bool);
    } else if (value instanceof List) {
      writer.put(key, (List<String>) value);
    } else {
      writer.put(key, (String) value);
    }
  }

  private static List<Attribute> flat(List<Object> content) {
    List<Attribute> flat = new ArrayList<>();
    for (Object part : content) {
      if (part instanceof Block block) {
        flat.addAll(flat(block.content));
      } else {
        flat.add((Attribute) part);
      }
    }
    return flat;
  }

  /** Attributes that several spans have in common. */
  private static final class Block extends AttributeBlock {
    private final List<Object> content;

    Block(List<Object> content) {
      this.content = content;
    }

    @Override
    public void writeTo(AttributeWriter writer) {
      write(content, true, writer);
    }
  }

  /**
   * @param value a text, a number, a truth value or a list of texts; null for an absent text
   */
  record Attribute(AttributeKey key, @Nullable Object value) {}

  /**
   * @param parent in another process; null if the span has none there
   * @param readable false if reading the attributes fails
   */
  record Sample(
      Span span, @Nullable SpanContext parent, List<Attribute> attributes, boolean readable) {}
}
