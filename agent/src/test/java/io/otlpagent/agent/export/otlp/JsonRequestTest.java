package io.otlpagent.agent.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.otlpagent.agent.resource.Resource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON of a request holds what its Protobuf does; Protobuf's own parser of JSON says so. */
class JsonRequestTest {

  @Test
  void namesAreCamelCaseIdsHexadecimalEnumsIntegersAndLongsStrings() {
    Span span =
        Span.newBuilder()
            .setTraceId(bytes("0102030405060708090a0b0c0d0e0fff"))
            .setSpanId(bytes("0102030405060708"))
            .setName("GET \"/\"\t\u0001\u2028é")
            .setKind(Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(1_700_000_000_123_456_789L)
            .addAttributes(attribute("n", AnyValue.newBuilder().setIntValue(-1)))
            .addAttributes(attribute("b", AnyValue.newBuilder().setBytesValue(bytes("00ff10"))))
            .addAttributes(attribute("d", AnyValue.newBuilder().setDoubleValue(Double.NaN)))
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .setFlags(0x101)
            .build();

    assertThat(traces(request(span)))
        .isEqualTo(
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{"
                + "\"traceId\":\"0102030405060708090a0b0c0d0e0fff\","
                + "\"spanId\":\"0102030405060708\","
                + "\"name\":\"GET \\\"/\\\"\\t\\u0001\u2028é\","
                + "\"kind\":2,\"startTimeUnixNano\":\"1700000000123456789\","
                + "\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":\"-1\"}},"
                + "{\"key\":\"b\",\"value\":{\"bytesValue\":\"AP8Q\"}},"
                + "{\"key\":\"d\",\"value\":{\"doubleValue\":\"NaN\"}}],"
                + "\"status\":{\"code\":2},\"flags\":257}]}]}]}");
  }

  @Test
  void metricsHaveTheirOwnNames() {
    ExportMetricsServiceRequest request =
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(
                ResourceMetrics.newBuilder()
                    .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                            .addMetrics(
                                Metric.newBuilder()
                                    .setName("m")
                                    .setSum(
                                        Sum.newBuilder()
                                            .setIsMonotonic(true)
                                            .setAggregationTemporalityValue(2)
                                            .addDataPoints(
                                                NumberDataPoint.newBuilder().setAsInt(0))))))
            .build();

    assertThat(metrics(request.toByteArray()))
        .isEqualTo(
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":{"
                + "\"dataPoints\":[{\"asInt\":\"0\"}],\"aggregationTemporality\":2,"
                + "\"isMonotonic\":true}}]}]}]}");
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, \"NaN\"",
    "Infinity, \"Infinity\"",
    "-Infinity, \"-Infinity\"",
    "-0.0, -0.0",
    "1, 1.0",
    "0.1, 0.1",
    "1e21, 1.0E21",
    "-4.9e-324, -4.9E-324"
  })
  void whatIsNotFiniteIsAString(double value, String json) {
    KeyValue attribute = attribute("d", AnyValue.newBuilder().setDoubleValue(value));

    assertThat(traces(request(Span.newBuilder().addAttributes(attribute).build())))
        .contains("{\"doubleValue\":" + json + "}");
  }

  @Test
  void anEmptyRequestIsAnEmptyObject() {
    assertThat(traces(new byte[0])).isEqualTo("{}");
  }

  @Test
  void theSchemaIsThatOfTheGeneratedClasses() {
    Map<String, String> expected = new TreeMap<>();
    describe(TracesData.getDescriptor(), expected);
    describe(MetricsData.getDescriptor(), expected);

    Map<String, String> written = new TreeMap<>();
    for (String[] line : OtlpSchema.TABLE) {
      written.put(line[0], String.join(", ", Arrays.copyOfRange(line, 1, line.length)));
    }
    assertThat(written).isEqualTo(expected);
  }

  private static void describe(Descriptor message, Map<String, String> into) {
    if (into.containsKey(message.getName())) {
      return;
    }
    into.put(
        message.getName(),
        message.getFields().stream()
            .sorted(Comparator.comparing(FieldDescriptor::getNumber))
            .map(
                field ->
                    field.getNumber()
                        + " "
                        + field.getJsonName()
                        + " "
                        + type(field)
                        + (field.isRepeated() ? "*" : ""))
            .collect(Collectors.joining(", ")));
    message.getFields().stream()
        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .forEach(field -> describe(field.getMessageType(), into));
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE -> field.getMessageType().getName();
      case ENUM -> "int32";
      case BYTES -> field.getName().endsWith("_id") ? "hex" : "bytes";
      default -> field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyMessageParsesAsWhatItWas(long seed) {
    RandomMessages random = new RandomMessages(seed);
    for (int i = 0; i < 20; i++) {
      Message traces = random.fill(ExportTraceServiceRequest.newBuilder()).build();
      Message metrics = random.fill(ExportMetricsServiceRequest.newBuilder()).build();

      assertThat(
              JsonForm.parse(traces(traces.toByteArray()), ExportTraceServiceRequest.newBuilder())
                  .build())
          .isEqualTo(traces);
      assertThat(
              JsonForm.parse(
                      metrics(metrics.toByteArray()), ExportMetricsServiceRequest.newBuilder())
                  .build())
          .isEqualTo(metrics);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {81, 82, 83, 84, 85, 86, 87, 88, 89, 90})
  void whatIsEncodedParsesAsTheSpans(long seed) throws Exception {
    RandomSpans random = new RandomSpans(seed);
    TraceRequestEncoder encoder =
        new TraceRequestEncoder(
            Resource.of(Map.of("service.name", "shop")),
            "1.2.3",
            AttributeLimits.DEFAULT,
            TraceRequestEncoder.TARGET_REQUEST_BYTES);
    io.otlpagent.instrumentation.trace.Span[] spans =
        Stream.generate(random::next)
            .limit(200)
            .map(RandomSpans.Sample::span)
            .toArray(io.otlpagent.instrumentation.trace.Span[]::new);
    encoder.encode(spans, 0, spans.length);
    byte[] request = Arrays.copyOf(encoder.array(), encoder.length());

    String json = traces(request);

    assertThat(JsonForm.parse(json, ExportTraceServiceRequest.newBuilder()).build())
        .isEqualTo(ExportTraceServiceRequest.parseFrom(request));
  }

  /** As Protobuf allows; a JSON object must not have a name twice. */
  @Test
  void elementsThatAreNotNeighboursAreOneArray() throws Exception {
    byte[] one = request(Span.newBuilder().setName("a").build());
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    byte[] apart = new byte[two.length + 2];
    System.arraycopy(one, 0, apart, 0, one.length);
    // A field that nobody knows, of the number 15.
    apart[one.length] = 0x78;
    apart[one.length + 1] = 1;
    System.arraycopy(one, 0, apart, one.length + 2, one.length);

    assertThat(traces(apart)).isEqualTo(traces(two));
    assertThat(JsonForm.parse(traces(two), ExportTraceServiceRequest.newBuilder()).build())
        .isEqualTo(ExportTraceServiceRequest.parseFrom(two));
  }

  @Test
  void aDamagedRequestIsRefused() {
    byte[] request = request(Span.newBuilder().setName("a long name").build());

    assertThatThrownBy(() -> traces(Arrays.copyOf(request, request.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> traces(new byte[] {0, 0}))
        .isInstanceOf(IllegalArgumentException.class);
    request[request.length - 13]++;
    assertThatThrownBy(() -> traces(request)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] request(Span span) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build()
        .toByteArray();
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  private static String traces(byte[] request) {
    return json(OtlpSignal.TRACES, request);
  }

  private static String metrics(byte[] request) {
    return json(OtlpSignal.METRICS, request);
  }

  private static String json(OtlpSignal signal, byte[] request) {
    JsonBuffer json = JsonRequest.of(signal.request(), request, request.length);
    return JsonForm.text(json.array(), json.size());
  }
}
