package io.otlpagent.agent.export;

import io.opentelemetry.exporter.internal.otlp.traces.LowAllocationTraceRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Spans a second and bytes allocated for a span, from a batch of ended spans to the bytes of its
 * request: the whole of our delivery but the sending, and the OpenTelemetry SDK's marshalers of
 * both memory modes. The SDK has its spans ready as {@code SpanData}; ours are read first here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class EncodeBenchmark {

  private static final int SPANS = 512;

  /** SAMPLED and what tells of the parent; the SDK passes on no more of the W3C flags. */
  private static final int COMMON_FLAGS = 0x301;

  private final Span[] spans = ShopSpans.make(SPANS);
  private final Span[] batch = new Span[SPANS];
  private final LastRequest last = new LastRequest();
  private final BatchDelivery delivery = delivery(last);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
  private final LowAllocationTraceRequestMarshaler reusable =
      new LowAllocationTraceRequestMarshaler();
  private List<SpanData> sdkSpans;

  @Setup
  public void compare() throws IOException {
    otlpAgent();
    ExportTraceServiceRequest ours =
        ExportTraceServiceRequest.parseFrom(Arrays.copyOf(last.request, last.length));
    sdkSpans = SdkSpans.of(ours);
    openTelemetry();
    requireEqual(ours, ExportTraceServiceRequest.parseFrom(out.toByteArray()));
    openTelemetryReusable();
    requireEqual(ours, ExportTraceServiceRequest.parseFrom(out.toByteArray()));
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public int otlpAgent() {
    System.arraycopy(spans, 0, batch, 0, SPANS);
    delivery.deliver(batch, SPANS);
    return last.length;
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public int openTelemetry() throws IOException {
    out.reset();
    TraceRequestMarshaler.create(sdkSpans).writeBinaryTo(out);
    return out.size();
  }

  @Benchmark
  @OperationsPerInvocation(SPANS)
  public int openTelemetryReusable() throws IOException {
    out.reset();
    reusable.initialize(sdkSpans);
    reusable.writeBinaryTo(out);
    reusable.reset();
    return out.size();
  }

  private static BatchDelivery delivery(OtlpSender sender) {
    ExporterAlarm alarm = new ExporterAlarm();
    DropCounters drops = new DropCounters();
    SpanQueue queue = new SpanQueue(SPANS, SPANS, drops, alarm);
    TraceRequestEncoder encoder =
        new TraceRequestEncoder(
            Resource.of(Map.of("service.name", "shop", "host.name", "shop-7d9c")),
            "1.2.3",
            AttributeLimits.DEFAULT,
            TraceRequestEncoder.TARGET_REQUEST_BYTES);
    DeliveryContext context =
        new DeliveryContext(
            sender,
            new ExporterControl(ExporterSettings.DEFAULT),
            new SpanLedger(new SpanCounters(), queue, drops),
            null);
    return new BatchDelivery(context, encoder, new RetryLoop(context, () -> {}, null), null, null);
  }

  private static void requireEqual(
      ExportTraceServiceRequest ours, ExportTraceServiceRequest theirs) {
    if (!normal(ours).equals(normal(theirs))) {
      throw new IllegalStateException("ours:\n" + normal(ours) + "\ntheirs:\n" + normal(theirs));
    }
  }

  /** Without what may differ: the order of scopes and attributes, and an empty status. */
  private static ResourceSpans normal(ExportTraceServiceRequest request) {
    ResourceSpans.Builder normal = request.getResourceSpans(0).toBuilder();
    normal
        .getResourceBuilder()
        .clearAttributes()
        .addAllAttributes(sorted(request.getResourceSpans(0).getResource().getAttributesList()));
    List<ScopeSpans> scopes = new ArrayList<>();
    for (ScopeSpans.Builder scope : normal.getScopeSpansBuilderList()) {
      scope.getSpansBuilderList().forEach(EncodeBenchmark::normalize);
      scopes.add(scope.build());
    }
    scopes.sort(Comparator.comparing(scope -> scope.getScope().getName()));
    return normal.clearScopeSpans().addAllScopeSpans(scopes).build();
  }

  private static void normalize(io.opentelemetry.proto.trace.v1.Span.Builder span) {
    List<KeyValue> attributes = sorted(span.getAttributesList());
    span.clearAttributes().addAllAttributes(attributes);
    span.setFlags(span.getFlags() & COMMON_FLAGS);
    if (span.getStatus().equals(Status.getDefaultInstance())) {
      span.clearStatus();
    }
    for (io.opentelemetry.proto.trace.v1.Span.Event.Builder event : span.getEventsBuilderList()) {
      List<KeyValue> eventAttributes = sorted(event.getAttributesList());
      event.clearAttributes().addAllAttributes(eventAttributes);
    }
  }

  private static List<KeyValue> sorted(List<KeyValue> attributes) {
    List<KeyValue> sorted = new ArrayList<>(attributes);
    sorted.sort(Comparator.comparing(KeyValue::getKey));
    return sorted;
  }

  /** Keeps where the last request is, and says that it was received. */
  private static final class LastRequest implements OtlpSender {
    byte[] request = new byte[0];
    int length;

    @Override
    public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
      this.request = request.array();
      this.length = request.length();
      return ExportResult.success();
    }

    @Override
    public int activeConnections() {
      return 1;
    }

    @Override
    public String description() {
      return "benchmark";
    }

    @Override
    public void close() {}
  }
}
