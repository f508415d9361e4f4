package io.otlpagent.agent.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.otlpagent.agent.export.TestSpan;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeBlock;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRequestEncoderTest {

  private static final AttributeKey KEY = AttributeKey.of("key");
  private static final Resource RESOURCE = Resource.of(Map.of("service.name", "shop"));

  @Test
  void spansAreGroupedByScopeUnderOneResource() throws Exception {
    var jdbc = io.otlpagent.instrumentation.trace.InstrumentationScope.of("jdbc");
    Span[] spans = {span("a"), span("b"), new TestSpan(jdbc, SpanKind.CLIENT, "c", writer -> {})};
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);

    encoder.encode(spans, 0, 3);

    ExportTraceServiceRequest request = parse(encoder);
    assertThat(request.getResourceSpansList()).hasSize(1);
    ResourceSpans resourceSpans = request.getResourceSpans(0);
    assertThat(resourceSpans.getResource().getAttributesList())
        .containsExactly(attribute("service.name", "shop"));
    assertThat(resourceSpans.getSchemaUrl()).isEqualTo("https://opentelemetry.io/schemas/1.44.0");
    assertThat(resourceSpans.getScopeSpansList())
        .extracting(ScopeSpans::getScope)
        .containsExactly(scope("io.otlpagent.test"), scope("io.otlpagent.jdbc"));
    assertThat(resourceSpans.getScopeSpansList())
        .allMatch(scopeSpans -> scopeSpans.getSchemaUrl().equals(resourceSpans.getSchemaUrl()));
    assertThat(resourceSpans.getScopeSpans(0).getSpansCount()).isEqualTo(2);
  }

  @Test
  void attributesBeyondTheLimitAreCounted() throws Exception {
    TraceRequestEncoder encoder = encoder(new AttributeLimits(2, 100, 128));
    Span span =
        span(
            writer -> {
              for (int i = 0; i < 5; i++) {
                writer.put(AttributeKey.of("key." + i), i);
              }
            });

    encoder.encode(new Span[] {span}, 0, 1);

    var parsed = spans(parse(encoder)).get(0);
    assertThat(parsed.getAttributesCount()).isEqualTo(2);
    assertThat(parsed.getDroppedAttributesCount()).isEqualTo(3);
  }

  @Test
  void attributesOfAnEventHaveALimitOfTheirOwn() throws Exception {
    TraceRequestEncoder encoder = encoder(new AttributeLimits(0, 100, 128).withEventAttributes(2));
    Span span = sampled(new TestSpan("failing"));
    span.recordException(new IllegalStateException("kept"));

    encoder.encode(new Span[] {span}, 0, 1);

    var event = spans(parse(encoder)).get(0).getEvents(0);
    assertThat(event.getAttributesList())
        .containsExactly(
            attribute("exception.type", "java.lang.IllegalStateException"),
            attribute("exception.message", "kept"));
    assertThat(event.getDroppedAttributesCount()).isEqualTo(1);
  }

  @Test
  void anExceptionBeyondTheLimitOfEventsIsCounted() throws Exception {
    TraceRequestEncoder encoder = encoder(new AttributeLimits(128, 100, 0));
    Span span = sampled(new TestSpan("failing"));
    span.recordException(new IllegalStateException("left out"));

    encoder.encode(new Span[] {span}, 0, 1);

    var parsed = spans(parse(encoder)).get(0);
    assertThat(parsed.getEventsList()).isEmpty();
    assertThat(parsed.getDroppedEventsCount()).isEqualTo(1);
  }

  @Test
  void halfOfASurrogatePairBecomesTheReplacementCharacter() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);
    Span span = span(writer -> writer.put(KEY, "a\uD83Db\uDE00\uD83D"));

    encoder.encode(new Span[] {span}, 0, 1);

    assertThat(spans(parse(encoder)).get(0).getAttributesList())
        .containsExactly(attribute("key", "a\uFFFDb\uFFFD\uFFFD"));
  }

  @Test
  void aBlockIsReadOnceForAllSpans() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);
    AtomicInteger reads = new AtomicInteger();
    AttributeBlock block =
        block(
            writer -> {
              reads.incrementAndGet();
              writer.put(KEY, "a");
            });
    Span[] spans = {span(writer -> writer.put(block)), span(writer -> writer.put(block))};

    encoder.encode(spans, 0, 2);

    assertThat(reads).hasValue(1);
    assertThat(spans(parse(encoder)))
        .allMatch(span -> span.getAttributesList().equals(List.of(attribute("key", "a"))));
  }

  @Test
  void limitsHoldForBlocks() throws Exception {
    AttributeBlock block =
        block(
            writer -> {
              writer.put(KEY, "a");
              writer.put(KEY, "12345");
            });
    Span span =
        span(
            writer -> {
              writer.put(block);
              writer.put(KEY, true);
              writer.put(block);
            });
    encoder(AttributeLimits.DEFAULT).encode(new Span[] {span}, 0, 1);
    TraceRequestEncoder encoder = encoder(new AttributeLimits(4, 3, 128));

    encoder.encode(new Span[] {span}, 0, 1);

    var parsed = spans(parse(encoder)).get(0);
    assertThat(parsed.getAttributesList())
        .containsExactly(
            attribute("key", "a"),
            attribute("key", "123"),
            KeyValue.newBuilder()
                .setKey("key")
                .setValue(AnyValue.newBuilder().setBoolValue(true))
                .build(),
            attribute("key", "a"));
    assertThat(parsed.getDroppedAttributesCount()).isEqualTo(1);
  }

  @Test
  void longValuesAreCutButNoPairIsSplit() throws Exception {
    TraceRequestEncoder encoder = encoder(new AttributeLimits(128, 4, 128));
    Span span =
        span(
            writer -> {
              writer.put(KEY, "12345");
              writer.put(KEY, "123\uD83D\uDE00");
              writer.put(KEY, List.of("abcdef", "ab"));
            });

    encoder.encode(new Span[] {span}, 0, 1);

    var attributes = spans(parse(encoder)).get(0).getAttributesList();
    assertThat(attributes.get(0).getValue().getStringValue()).isEqualTo("1234");
    assertThat(attributes.get(1).getValue().getStringValue()).isEqualTo("123");
    assertThat(attributes.get(2).getValue().getArrayValue().getValuesList())
        .extracting(AnyValue::getStringValue)
        .containsExactly("abcd", "ab");
  }

  @Test
  void noValueIsLongerThan32KiBWhateverIsConfigured() throws Exception {
    TraceRequestEncoder encoder = encoder(new AttributeLimits(128, Integer.MAX_VALUE, 128));
    Span span = span(writer -> writer.put(KEY, "x".repeat(100_000)));

    encoder.encode(new Span[] {span}, 0, 1);

    var value = spans(parse(encoder)).get(0).getAttributes(0).getValue().getStringValue();
    assertThat(value).hasSize(32 * 1024);
  }

  @Test
  void absentValuesAreNotWritten() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);
    Span span =
        span(
            writer -> {
              writer.put(KEY, (String) null);
              writer.put(KEY, "");
              writer.put(KEY, List.of());
            });

    encoder.encode(new Span[] {span}, 0, 1);

    assertThat(spans(parse(encoder)).get(0).getAttributesList()).isEmpty();
  }

  @Test
  void aRequestIsClosedAtItsTargetSize() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT, 4096);
    Span[] spans =
        IntStream.range(0, 20)
            .mapToObj(i -> span(writer -> writer.put(KEY, "x".repeat(1000))))
            .toArray(Span[]::new);

    List<Integer> sizes = new ArrayList<>();
    int next = 0;
    while (next < spans.length) {
      next = encoder.encode(spans, next, spans.length);
      sizes.add(encoder.encoded());
      assertThat(spans(parse(encoder))).hasSize(encoder.encoded());
      assertThat(encoder.length()).isLessThan(4096 + 200);
    }

    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(20);
    assertThat(sizes).hasSizeGreaterThan(5);
  }

  @Test
  void aSpanThatIsTooLargeAloneIsGivenUpAndTheOthersAreNot() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT, 4096);
    Span huge = span(writer -> writer.put(KEY, "x".repeat(10_000)));
    Span large = span(writer -> writer.put(KEY, "x".repeat(6_000)));
    Span[] spans = {huge, large, span("small")};

    int next = encoder.encode(spans, 0, 3);

    assertThat(next).isEqualTo(2);
    assertThat(encoder.tooLarge()).isEqualTo(1);
    assertThat(spans(parse(encoder))).hasSize(1);

    next = encoder.encode(spans, 2, 3);

    assertThat(next).isEqualTo(3);
    assertThat(spans(parse(encoder))).hasSize(1);
  }

  @Test
  void aSpanThatCannotBeReadIsGivenUpAndTheOthersAreNot() throws Exception {
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);
    Span broken =
        span(
            writer -> {
              writer.put(KEY, 1);
              throw new NoClassDefFoundError("of the application");
            });

    encoder.encode(new Span[] {span("a"), broken, span("b")}, 0, 3);

    assertThat(encoder.unreadable()).isEqualTo(1);
    assertThat(spans(parse(encoder)))
        .extracting(io.opentelemetry.proto.trace.v1.Span::getName)
        .containsExactly("a", "b");
  }

  @Test
  void encodingAllocatesNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT);
    List<String> list = List.of("a", "b");
    Span[] spans =
        IntStream.range(0, 512)
            .mapToObj(
                i ->
                    span(
                        writer -> {
                          writer.put(KEY, "GET /owners/{id}");
                          writer.put(KEY, "\u00FCn\u00EFc\u00F6de \uD83D\uDE00");
                          writer.put(KEY, 200);
                          writer.put(KEY, true);
                          writer.put(KEY, list);
                        }))
            .toArray(Span[]::new);
    for (int i = 0; i < 10; i++) {
      encoder.encode(spans, 0, spans.length);
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    encoder.encode(spans, 0, spans.length);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(encoder.encoded()).isEqualTo(512);
    assertThat(allocated).isLessThan(512);
  }

  private static TraceRequestEncoder encoder(AttributeLimits limits) {
    return encoder(limits, TraceRequestEncoder.TARGET_REQUEST_BYTES);
  }

  private static TraceRequestEncoder encoder(AttributeLimits limits, int targetBytes) {
    return new TraceRequestEncoder(RESOURCE, "1.2.3", limits, targetBytes);
  }

  private static Span sampled(Span span) {
    new Tracer(
            Sampler.ALWAYS_ON,
            new IdGenerator(1, 2),
            new TimeSource(),
            new SpanCounters(),
            ended -> {})
        .start(span);
    return span;
  }

  private static Span span(String name) {
    return new TestSpan(name);
  }

  private static Span span(Consumer<AttributeWriter> attributes) {
    return new TestSpan(TestSpan.SCOPE, SpanKind.CLIENT, "test", attributes);
  }

  private static AttributeBlock block(Consumer<AttributeWriter> attributes) {
    return new AttributeBlock() {
      @Override
      public void writeTo(AttributeWriter writer) {
        attributes.accept(writer);
      }
    };
  }

  private static ExportTraceServiceRequest parse(TraceRequestEncoder encoder)
      throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(Arrays.copyOf(encoder.array(), encoder.length()));
  }

  private static List<io.opentelemetry.proto.trace.v1.Span> spans(
      ExportTraceServiceRequest request) {
    List<io.opentelemetry.proto.trace.v1.Span> spans = new ArrayList<>();
    for (ScopeSpans scope : request.getResourceSpans(0).getScopeSpansList()) {
      spans.addAll(scope.getSpansList());
    }
    return spans;
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static InstrumentationScope scope(String name) {
    return InstrumentationScope.newBuilder().setName(name).setVersion("1.2.3").build();
  }
}
