package io.otlpagent.agent.export.grpc;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.tls.TlsSocketFactory;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.HostLookup;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.logging.AgentLog;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends over gRPC on okhttp's transport, which is started by the first request: it is the heaviest
 * part of the agent. Used by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc">OTLP/gRPC</a>
 */
public final class GrpcSender implements OtlpSender {

  private final SenderSettings settings;
  private final HostLookup.Resolver names;

  // Written by the exporter thread; the endpoint asks for its state.
  private volatile @Nullable Connection connection;

  public GrpcSender(SenderSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  GrpcSender(SenderSettings settings, HostLookup.Resolver names) {
    this.settings = settings;
    this.names = names;
  }

  @Override
  public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
    Connection current = connection;
    if (current == null) {
      current = new Connection(settings, names);
      connection = current;
    }
    ExportResult result =
        current.send(
            request.signal() == OtlpSignal.METRICS ? Connection.METRICS : Connection.TRACES,
            new GrpcRequest(request.array(), request.length()),
            deadline);
    if (current.broken) {
      connection = null;
      current.grpc.close();
    }
    return result;
  }

  @Override
  public int activeConnections() {
    Connection current = connection;
    return current != null && current.ready() ? 1 : 0;
  }

  @Override
  public String description() {
    return settings.endpoint() + " (grpc)";
  }

  @Override
  public void disconnect() {
    Connection current = connection;
    if (current != null) {
      current.grpc.disconnect();
    }
  }

  @Override
  public void close() {
    Connection current = connection;
    if (current != null) {
      current.grpc.close();
    }
  }

  /** All that names grpc, so that its classes are not loaded before the first request. */
  private static final class Connection {

    static final MethodDescriptor<GrpcRequest, byte[]> TRACES = export("trace.v1.TraceService");
    static final MethodDescriptor<GrpcRequest, byte[]> METRICS =
        export("metrics.v1.MetricsService");

    /** How grpc begins what it says to each call once something in it has thrown. */
    private static final String PANIC = "Panic!";

    private final SenderSettings settings;
    private final GrpcChannel grpc;

    // Whether the last call got no answer.
    private boolean silent;

    // Whether the channel will never work again.
    private boolean broken;

    Connection(SenderSettings settings, HostLookup.Resolver names) {
      this.settings = settings;
      this.grpc = new GrpcChannel(settings, names);
    }

    private static MethodDescriptor<GrpcRequest, byte[]> export(String service) {
      return MethodDescriptor.<GrpcRequest, byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("opentelemetry.proto.collector." + service + "/Export")
          .setRequestMarshaller(GrpcRequest.MARSHALLER)
          .setResponseMarshaller(GrpcRequest.RESPONSE_MARSHALLER)
          .build();
    }

    ExportResult send(
        MethodDescriptor<GrpcRequest, byte[]> method,
        GrpcRequest request,
        AttemptDeadline deadline) {
      ManagedChannel channel = grpc.channel();
      grpc.callWithin(deadline.remainingNanos());
      TlsSocketFactory tls = settings.tls();
      if (silent || !ready() || (tls != null && tls.renewed())) {
        reset(channel);
      }
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      if (settings.gzip()) {
        options = options.withCompression("gzip");
      }
      GrpcCall call = new GrpcCall(channel, method, options);
      Status status = call.execute(request, headers(), deadline);
      silent = status.getCode() == Status.Code.DEADLINE_EXCEEDED;
      String description = status.getDescription();
      broken = !call.sent() && description != null && description.startsWith(PANIC);
      return GrpcOutcome.of(status, call);
    }

    /**
     * Has the next call connect anew and at once: grpc would wait up to two minutes after a refused
     * connection, and a connection that went silent stays up for many more.
     */
    private void reset(ManagedChannel channel) {
      grpc.disconnect();
      // Done at once, or by a thread that is just now busy with the channel.
      for (int i = 0; i < 50 && channel.getState(false) != ConnectivityState.IDLE; i++) {
        ExporterAlarm.sleep(this, TimeUnit.MILLISECONDS.toNanos(1));
      }
    }

    boolean ready() {
      return grpc.channel().getState(false) == ConnectivityState.READY;
    }

    /** Made anew for each call: grpc adds its own to them. */
    private Metadata headers() {
      Metadata headers = new Metadata();
      for (Map.Entry<String, String> header : settings.headers().entrySet()) {
        String name = header.getKey().toLowerCase(Locale.ROOT);
        try {
          put(headers, name, header.getValue());
        } catch (IllegalArgumentException e) {
          AgentLog.warn("header " + name + " is not valid in gRPC and was left out");
        }
      }
      return headers;
    }

    private static void put(Metadata headers, String name, String value) {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        headers.put(
            Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
            Base64.getDecoder().decode(value.getBytes(StandardCharsets.ISO_8859_1)));
      } else {
        requireText(value);
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
      }
    }

    /** Here, because grpc leaves others out, too, but logs their bytes: they may be secret. */
    private static void requireText(String value) {
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
          throw new IllegalArgumentException("not printable ASCII");
        }
      }
    }
  }
}
