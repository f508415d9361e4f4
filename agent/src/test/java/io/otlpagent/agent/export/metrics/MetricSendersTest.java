package io.otlpagent.agent.export.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.otlpagent.agent.export.GrpcCollector;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.otlp.MetricRequestEncoder;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HttpSender;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.metrics.HistogramMetrics;
import io.otlpagent.agent.metrics.MetricSnapshot;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.metrics.Histogram;
import io.otlpagent.instrumentation.trace.attribute.AttributeKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Metrics go the way of the spans: over the same connection, to a place of their own. */
@Timeout(180)
class MetricSendersTest {

  private static final ExportMetricsServiceResponse REFUSED_IN_PART =
      ExportMetricsServiceResponse.newBuilder()
          .setPartialSuccess(
              ExportMetricsPartialSuccess.newBuilder()
                  .setRejectedDataPoints(2)
                  .setErrorMessage("too many"))
          .build();

  private final List<String> spans = new CopyOnWriteArrayList<>();
  private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();

  @Test
  void grpcCallsTheMetricsServiceOverTheSameChannel() throws Exception {
    Server server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(service("opentelemetry.proto.collector.trace.v1.TraceService", this::spans))
            .addService(
                service("opentelemetry.proto.collector.metrics.v1.MetricsService", this::metrics))
            .build()
            .start();
    GrpcSender sender = new GrpcSender(settings(server.getPort()));
    try {
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      ExportResult result = send(sender);

      assertThat(result.isSuccess()).isTrue();
      assertThat(result.rejected()).isEqualTo(2);
      assertThat(result.message()).isEqualTo("too many");
      assertThat(spans).hasSize(1);
      assertReceived();
      assertThat(sender.activeConnections()).isEqualTo(1);
    } finally {
      sender.close();
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void grpcServerWithoutMetricsIsPermanentFailure() throws Exception {
    try (GrpcCollector collector = new GrpcCollector()) {
      GrpcSender sender = new GrpcSender(settings(collector.port()));

      ExportResult result = send(sender);

      assertThat(result.isSuccess()).isFalse();
      assertThat(result.isRetryable()).isFalse();
      assertThat(result.reason()).isEqualTo("unimplemented");
      sender.close();
    }
  }

  @Test
  void httpPostsToThePathOfMetricsOverTheSameConnection() throws Exception {
    List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress());
          handle(exchange);
        });
    server.start();
    HttpSender sender =
        new HttpSender(
            settings(server.getAddress().getPort()), signal -> "/base" + signal.httpPath());
    try {
      assertThat(Requests.send(sender, 1).isSuccess()).isTrue();
      ExportResult result = send(sender);

      assertThat(result.isSuccess()).isTrue();
      assertThat(result.rejected()).isEqualTo(2);
      assertThat(spans).containsExactly("/base/v1/traces");
      assertReceived();
      assertThat(clients).hasSize(2).containsOnly(clients.get(0));
    } finally {
      sender.close();
      server.stop(0);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer = new byte[0];
    if (exchange.getRequestURI().getPath().equals("/base/v1/metrics")) {
      metrics.add(ExportMetricsServiceRequest.parseFrom(body));
      answer = REFUSED_IN_PART.toByteArray();
    } else {
      spans.add(exchange.getRequestURI().getPath());
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void assertReceived() {
    assertThat(metrics).hasSize(1);
    assertThat(metrics.get(0).getResourceMetrics(0).getScopeMetrics(0).getMetrics(0).getName())
        .isEqualTo("d");
  }

  private static ExportResult send(OtlpSender sender) {
    Histogram histogram = Histogram.ofDurations("d", "D.", new double[] {1}, AttributeKey.of("k"));
    histogram.series("v").record(5);
    MetricRequestEncoder encoder = new MetricRequestEncoder(Resource.EMPTY, "1.2.3");
    encoder.encode(
        MetricSnapshot.of(List.of(new HistogramMetrics(List.of(histogram))), 1).families(), 0);
    byte[] request = Arrays.copyOf(encoder.array(), encoder.length());
    return sender.send(
        new OtlpRequest(OtlpSignal.METRICS, request, request.length), Requests.deadline(10_000));
  }

  private static SenderSettings settings(int port) {
    return new SenderSettings(
        CollectorEndpoint.of("http://127.0.0.1:" + port, true), Map.of(), false, "1.2.3");
  }

  /** A service with the one method that exports. */
  private static ServerServiceDefinition service(String name, Function<byte[], byte[]> answer) {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(name + "/Export")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    return ServerServiceDefinition.builder(name)
        .addMethod(
            export,
            (call, headers) -> {
              call.request(2);
              return new ServerCall.Listener<byte[]>() {
                @Override
                public void onMessage(byte[] request) {
                  call.sendHeaders(new Metadata());
                  call.sendMessage(answer.apply(request));
                }

                @Override
                public void onHalfClose() {
                  call.close(Status.OK, new Metadata());
                }
              };
            })
        .build();
  }

  private byte[] metrics(byte[] request) {
    try {
      metrics.add(ExportMetricsServiceRequest.parseFrom(request));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
    return REFUSED_IN_PART.toByteArray();
  }

  private byte[] spans(byte[] request) {
    spans.add("grpc");
    return new byte[0];
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
