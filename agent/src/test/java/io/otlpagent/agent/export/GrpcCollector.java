package io.otlpagent.agent.export;

import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A gRPC server on loopback that answers as it was told to, and with success otherwise. */
public final class GrpcCollector implements AutoCloseable {

  private final Server server;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Metadata> headers = new CopyOnWriteArrayList<>();
  private volatile Answer always = respond(ExportTraceServiceResponse.getDefaultInstance());

  public interface Answer {
    void to(ServerCall<byte[], byte[]> call);
  }

  public GrpcCollector() throws IOException {
    this(0);
  }

  public GrpcCollector(int port) throws IOException {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    server =
        OkHttpServerBuilder.forPort(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(
                        "opentelemetry.proto.collector.trace.v1.TraceService")
                    .addMethod(export, this::call)
                    .build())
            .build()
            .start();
  }

  public static Answer respond(ExportTraceServiceResponse response) {
    return call -> {
      call.sendHeaders(new Metadata());
      call.sendMessage(response.toByteArray());
      call.close(Status.OK, new Metadata());
    };
  }

  public static Answer partialSuccess(long rejected, String message) {
    return respond(
        ExportTraceServiceResponse.newBuilder()
            .setPartialSuccess(
                ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejected)
                    .setErrorMessage(message))
            .build());
  }

  public static Answer fail(Status status) {
    return call -> call.close(status, new Metadata());
  }

  public static Answer fail(Status status, Metadata trailers) {
    return call -> call.close(status, trailers);
  }

  public static Answer hang() {
    return call -> {};
  }

  /** Answers the next request that way; further calls queue up. */
  public GrpcCollector next(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** Answers what nothing else was said about that way. */
  public GrpcCollector always(Answer answer) {
    always = answer;
    return this;
  }

  public int port() {
    return server.getPort();
  }

  List<ExportTraceServiceRequest> requests() {
    return requests;
  }

  public List<Metadata> headers() {
    return headers;
  }

  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (ExportTraceServiceRequest request : requests) {
      request.getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .flatMap(scope -> scope.getSpansList().stream())
          .forEach(spans::add);
    }
    return spans;
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

  private ServerCall.Listener<byte[]> call(
      ServerCall<byte[], byte[]> call, Metadata requestHeaders) {
    call.request(2);
    return new ServerCall.Listener<byte[]>() {
      @Override
      public void onMessage(byte[] message) {
        try {
          requests.add(ExportTraceServiceRequest.parseFrom(message));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        headers.add(requestHeaders);
      }

      @Override
      public void onHalfClose() {
        Answer answer = answers.poll();
        (answer == null ? always : answer).to(call);
      }
    };
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
