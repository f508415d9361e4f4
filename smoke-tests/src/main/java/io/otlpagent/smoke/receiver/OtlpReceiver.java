package io.otlpagent.smoke.receiver;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * An OTLP receiver over gRPC on the loopback address. Spans go to a consumer, on gRPC's threads;
 * metrics and logs are accepted and forgotten.
 */
public final class OtlpReceiver implements AutoCloseable {

  private static final int MAX_REQUEST_BYTES = 64 << 20;

  private final Consumer<List<ReceivedSpan>> consumer;
  private final LongAdder requests = new LongAdder();
  private final LongAdder spans = new LongAdder();
  private final Server server;

  /**
   * @param port 0 for any that is free
   */
  public OtlpReceiver(int port, Consumer<List<ReceivedSpan>> consumer) throws IOException {
    this.consumer = consumer;
    this.server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                InsecureServerCredentials.create())
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .addService(traces())
            .addService(metrics())
            .addService(logs())
            .build()
            .start();
  }

  /** Counts spans and keeps none: for loads. */
  public static OtlpReceiver counting() throws IOException {
    return new OtlpReceiver(0, batch -> {});
  }

  public int port() {
    return server.getPort();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  public long requestCount() {
    return requests.sum();
  }

  public long spanCount() {
    return spans.sum();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receive(ExportTraceServiceRequest request) {
    List<ReceivedSpan> batch = new ArrayList<>();
    for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
      Map<String, String> resource =
          ReceivedSpan.attributes(resourceSpans.getResource().getAttributesList());
      for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
        String scope = scopeSpans.getScope().getName();
        scopeSpans
            .getSpansList()
            .forEach(span -> batch.add(ReceivedSpan.of(span, scope, resource)));
      }
    }
    requests.increment();
    spans.add(batch.size());
    consumer.accept(batch);
  }

  private BindableService traces() {
    return new TraceServiceGrpc.TraceServiceImplBase() {
      @Override
      public void export(
          ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
        receive(request);
        answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }

  private static BindableService metrics() {
    return new MetricsServiceGrpc.MetricsServiceImplBase() {
      @Override
      public void export(
          ExportMetricsServiceRequest request,
          StreamObserver<ExportMetricsServiceResponse> answer) {
        answer.onNext(ExportMetricsServiceResponse.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }

  private static BindableService logs() {
    return new LogsServiceGrpc.LogsServiceImplBase() {
      @Override
      public void export(
          ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> answer) {
        answer.onNext(ExportLogsServiceResponse.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }
}
