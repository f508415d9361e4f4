package io.otlpagent.agent.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protobuf's own parser reads what was put into the spans, whatever that is. Thousands of spans
 * from fixed seeds; a failing test's name tells its seed. No library for this: a generator of whole
 * spans is needed with one as well, and to shrink what fails nothing but the seed is there.
 */
class EncoderPropertyTest {

  private static final String SCHEMA = "https://opentelemetry.io/schemas/1.44.0";
  private static final KeyValue SERVICE =
      KeyValue.newBuilder()
          .setKey("service.name")
          .setValue(AnyValue.newBuilder().setStringValue("shop"))
          .build();

  private static final int BATCHES = 5;
  private static final int SPANS = 100;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsEncodedParsesAsTheSpans(long seed) throws Exception {
    RandomSpans random = new RandomSpans(seed);
    TraceRequestEncoder encoder =
        encoder(AttributeLimits.DEFAULT, TraceRequestEncoder.TARGET_REQUEST_BYTES);
    ExpectedSpan expected = new ExpectedSpan(128, AttributeLimits.MAX_VALUE_LENGTH, 128);
    for (int batch = 0; batch < BATCHES; batch++) {
      List<RandomSpans.Sample> samples = samples(random, SPANS);

      encodesWhole(encoder, samples, expected);
      // Again, with what the encoder has remembered.
      encodesWhole(encoder, samples, expected);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
  void limitsHoldForEverySpan(long seed) throws Exception {
    RandomSpans random = new RandomSpans(seed);
    Random limits = new Random(seed);
    for (int batch = 0; batch < 2 * BATCHES; batch++) {
      int count = limits.nextInt(8);
      int length = limits.nextBoolean() ? limits.nextInt(10) : limits.nextInt(200);
      int events = limits.nextInt(2);
      List<RandomSpans.Sample> samples = samples(random, SPANS / 2);
      TraceRequestEncoder encoder =
          encoder(
              new AttributeLimits(count, length, events), TraceRequestEncoder.TARGET_REQUEST_BYTES);
      ExpectedSpan expected = new ExpectedSpan(count, length, events);

      encodesWhole(encoder, samples, expected);
      encodesWhole(encoder, samples, expected);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48, 49, 50})
  void aBatchIsSplitWithoutLoss(long seed) throws Exception {
    Random targets = new Random(seed);
    for (int batch = 0; batch < BATCHES; batch++) {
      splitsWithoutLoss(
          samples(new RandomSpans(seed + batch), SPANS), 1 << 10 + targets.nextInt(7));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {61, 62})
  void aBatchOfManyMegabytesIsSplitWithoutLoss(long seed) throws Exception {
    splitsWithoutLoss(
        samples(new RandomSpans(seed), 3000), TraceRequestEncoder.TARGET_REQUEST_BYTES);
  }

  /** One request with all spans, of the shortest form there is. */
  private static void encodesWhole(
      TraceRequestEncoder encoder, List<RandomSpans.Sample> samples, ExpectedSpan expected)
      throws InvalidProtocolBufferException {
    ExportTraceServiceRequest whole = request(samples, expected);

    int next = encoder.encode(spans(samples), 0, samples.size());

    assertThat(next).isEqualTo(samples.size());
    assertThat(parse(encoder)).isEqualTo(whole);
    assertThat(encoder.length()).isEqualTo(whole.getSerializedSize());
    assertThat(encoder.unreadable())
        .isEqualTo((int) samples.stream().filter(sample -> !sample.readable()).count());
  }

  private static void splitsWithoutLoss(List<RandomSpans.Sample> samples, int target)
      throws InvalidProtocolBufferException {
    ExpectedSpan expected = new ExpectedSpan(128, AttributeLimits.MAX_VALUE_LENGTH, 128);
    TraceRequestEncoder encoder = encoder(AttributeLimits.DEFAULT, target);
    Span[] spans = spans(samples);
    int next = 0;
    int requests = 0;
    while (next < spans.length) {
      int from = next;

      next = encoder.encode(spans, from, spans.length);

      List<RandomSpans.Sample> taken = samples.subList(from, next);
      List<RandomSpans.Sample> sent = taken;
      if (encoder.tooLarge() > 0) {
        sent = taken.stream().filter(sample -> size(sample, expected) <= 2 * target).toList();
        assertThat(readable(taken) - readable(sent)).isEqualTo(encoder.tooLarge());
      }
      assertThat(encoder.encoded()).isEqualTo(readable(sent));
      if (encoder.encoded() > 0) {
        assertThat(parse(encoder)).isEqualTo(request(sent, expected));
        assertThat(encoder.length()).isLessThan((encoder.encoded() > 1 ? 1 : 2) * target + 100);
        requests++;
      }
    }
    assertThat(requests).isGreaterThan(1);
  }

  /** Of the span as the only one of its request, but for what closes that. */
  private static int size(RandomSpans.Sample sample, ExpectedSpan expected) {
    int schemas = 2 * (SCHEMA.length() + 2);
    return request(List.of(sample), expected).getSerializedSize() - schemas;
  }

  private static int readable(List<RandomSpans.Sample> samples) {
    return (int) samples.stream().filter(RandomSpans.Sample::readable).count();
  }

  private static List<RandomSpans.Sample> samples(RandomSpans random, int count) {
    return Stream.generate(random::next).limit(count).toList();
  }

  private static Span[] spans(List<RandomSpans.Sample> samples) {
    return samples.stream().map(RandomSpans.Sample::span).toArray(Span[]::new);
  }

  private static TraceRequestEncoder encoder(AttributeLimits limits, int targetBytes) {
    return new TraceRequestEncoder(
        io.otlpagent.agent.resource.Resource.of(Map.of("service.name", "shop")),
        "1.2.3",
        limits,
        targetBytes);
  }

  private static ExportTraceServiceRequest parse(TraceRequestEncoder encoder)
      throws InvalidProtocolBufferException {
    return ExportTraceServiceRequest.parseFrom(Arrays.copyOf(encoder.array(), encoder.length()));
  }

  private static ExportTraceServiceRequest request(
      List<RandomSpans.Sample> samples, ExpectedSpan expected) {
    List<ScopeSpans.Builder> scopes = new ArrayList<>();
    String last = "";
    for (RandomSpans.Sample sample : samples) {
      String scope = sample.span().scope().name();
      if (!scope.equals(last)) {
        scopes.add(scopeSpans(scope));
        last = scope;
      }
      if (sample.readable()) {
        scopes.get(scopes.size() - 1).addSpans(expected.of(sample));
      }
    }
    ResourceSpans.Builder resourceSpans =
        ResourceSpans.newBuilder()
            .setResource(Resource.newBuilder().addAttributes(SERVICE))
            .setSchemaUrl(SCHEMA);
    scopes.stream()
        .filter(scope -> scope.getSpansCount() > 0)
        .forEach(resourceSpans::addScopeSpans);
    return ExportTraceServiceRequest.newBuilder().addResourceSpans(resourceSpans).build();
  }

  private static ScopeSpans.Builder scopeSpans(String scope) {
    return ScopeSpans.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName(scope).setVersion("1.2.3"))
        .setSchemaUrl(SCHEMA);
  }
}
