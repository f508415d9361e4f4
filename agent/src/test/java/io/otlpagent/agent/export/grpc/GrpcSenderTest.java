package io.otlpagent.agent.export.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Duration;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.otlpagent.agent.export.GrpcCollector;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.SilentAddress;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.SenderSettings;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcSenderTest {

  private GrpcCollector collector;
  private GrpcSender sender;

  @BeforeEach
  void start() throws IOException {
    collector = new GrpcCollector();
    sender = sender(collector.port(), Map.of(), false);
  }

  @AfterEach
  void stop() {
    sender.close();
    collector.close();
  }

  @Test
  void okIsSuccess() {
    ExportResult result = send(3);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isZero();
    assertThat(collector.spans()).hasSize(3);
    assertThat(sender.activeConnections()).isEqualTo(1);
  }

  @Test
  void anEmptyPartialSuccessIsSuccess() {
    collector.next(GrpcCollector.partialSuccess(0, ""));

    assertThat(send(3)).isSameAs(ExportResult.success());
  }

  @Test
  void aPartialSuccessSaysHowManyWereRejected() {
    collector.next(GrpcCollector.partialSuccess(2, "too old"));

    ExportResult result = send(3);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isEqualTo(2);
    assertThat(result.message()).isEqualTo("too old");
  }

  @Test
  void aPartialSuccessWithoutRejectionIsAWarning() {
    collector.next(GrpcCollector.partialSuccess(0, "deprecated"));

    ExportResult result = send(3);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.rejected()).isZero();
    assertThat(result.reason()).isEmpty();
    assertThat(result.message()).isEqualTo("deprecated");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "CANCELLED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNAVAILABLE",
        "DATA_LOSS"
      })
  void theseStatusesAreRetryable(Status.Code code) {
    collector.next(GrpcCollector.fail(code.toStatus().withDescription("because")));

    ExportResult result = send(1);

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.reason()).isEqualToIgnoringCase(code.name());
    assertThat(result.minimumDelayNanos()).isZero();
    assertThat(result.message()).startsWith(code.name() + ": because");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "OK",
        "CANCELLED",
        "DEADLINE_EXCEEDED",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNAVAILABLE",
        "DATA_LOSS"
      })
  void theOtherStatusesArePermanent(Status.Code code) {
    collector.next(GrpcCollector.fail(code.toStatus()));

    ExportResult result = send(1);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.isRetryable()).isFalse();
    assertThat(result.reason()).isEqualToIgnoringCase(code.name());
  }

  @Test
  void exhaustedWithRetryInfoIsRetryableAfterTheDelay() throws IOException {
    Metadata trailers = retryInfo(Duration.newBuilder().setSeconds(2).setNanos(500_000_000));
    collector.next(GrpcCollector.fail(Status.RESOURCE_EXHAUSTED, trailers));

    ExportResult result = send(1);

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.minimumDelayNanos()).isEqualTo(2_500_000_000L);
  }

  @Test
  void unavailableWithRetryInfoWaitsForTheDelay() throws IOException {
    Metadata trailers = retryInfo(Duration.newBuilder().setSeconds(7));
    collector.next(GrpcCollector.fail(Status.UNAVAILABLE, trailers));

    assertThat(send(1).minimumDelayNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(7));
  }

  @Test
  void aDelayBeyondAllBoundsIsALongOne() throws IOException {
    Metadata trailers =
        retryInfo(Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(999_999_999));
    collector.next(GrpcCollector.fail(Status.UNAVAILABLE, trailers));

    assertThat(send(1).minimumDelayNanos()).isGreaterThan(TimeUnit.DAYS.toNanos(1));
  }

  @Test
  void garbageInTheStatusDetailsIsIgnored() {
    Metadata trailers = new Metadata();
    trailers.put(detailsKey(), new byte[] {(byte) 0x1A, 0x7F, 1, 2, (byte) 0xFF});
    collector.next(GrpcCollector.fail(Status.RESOURCE_EXHAUSTED, trailers));

    assertThat(send(1).isRetryable()).isFalse();
  }

  @Test
  void anAbsentCollectorIsRetryable() throws IOException {
    GrpcSender absent = sender(freePort(), Map.of(), false);

    ExportResult result = Requests.send(absent, 1);
    absent.close();

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.reason()).isEqualTo("unavailable");
    assertThat(result.message()).contains("Connection refused");
    assertThat(absent.activeConnections()).isZero();
  }

  @Test
  void anUnknownHostIsRetryable() {
    CollectorEndpoint endpoint = CollectorEndpoint.of("http://collector.invalid:4317", true);
    GrpcSender lost = new GrpcSender(new SenderSettings(endpoint, Map.of(), false, "1.2.3"));

    ExportResult result = Requests.send(lost, 1);
    lost.close();

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.message()).contains("collector.invalid");
  }

  @RepeatedTest(10)
  void aCollectorThatComesLateIsReachedByTheNextAttempt() throws IOException {
    int port = freePort();
    GrpcSender early = sender(port, Map.of(), false);
    for (int i = 0; i < 3; i++) {
      assertThat(Requests.send(early, 1).isRetryable()).isTrue();
    }

    try (GrpcCollector late = new GrpcCollector(port)) {
      ExportResult result = Requests.send(early, 1);
      early.close();

      assertThat(result.isSuccess()).isTrue();
      assertThat(late.spans()).hasSize(1);
    }
  }

  @Test
  void silenceEndsAtTheDeadlineAndTheNextAttemptIsAnswered() {
    collector.next(GrpcCollector.hang());

    ExportResult result = Requests.send(sender, 1, 300);

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.reason()).isEqualTo("deadline_exceeded");
    assertThat(send(1).isSuccess()).isTrue();
  }

  @Test
  void theShutdownCutsAnAttemptShort() {
    collector.next(GrpcCollector.hang());
    ShutdownBudget shutdown = new ShutdownBudget();
    shutdown.begin(TimeUnit.MILLISECONDS.toNanos(200));
    byte[] request = Requests.of(1);

    ExportResult result =
        sender.send(
            new OtlpRequest(OtlpSignal.TRACES, request, request.length),
            new AttemptDeadline(Long.MAX_VALUE / 2, shutdown));

    assertThat(result.isRetryable()).isTrue();
  }

  @Test
  void headersAndUserAgentAreSent() {
    GrpcSender withHeaders =
        sender(collector.port(), Map.of("Authorization", "Bearer x", "bad header", "y"), false);

    Requests.send(withHeaders, 1);
    withHeaders.close();

    Metadata headers = collector.headers().get(0);
    assertThat(headers.get(text("authorization"))).isEqualTo("Bearer x");
    assertThat(headers.get(text("user-agent")))
        .startsWith("otlp-agent/1.2.3 OTel-OTLP-Exporter-Java/1.2.3");
    assertThat(headers.get(text("grpc-timeout"))).isNotNull();
    assertThat(headers.get(text("grpc-encoding"))).isNull();
  }

  @Test
  void compressedRequestsArriveWhole() {
    GrpcSender compressing = sender(collector.port(), Map.of(), true);

    ExportResult result = Requests.send(compressing, 500);
    compressing.close();

    assertThat(result.isSuccess()).isTrue();
    assertThat(collector.headers().get(0).get(text("grpc-encoding"))).isEqualTo("gzip");
    assertThat(collector.spans()).hasSize(500);
  }

  @Test
  void largeRequestsArriveWhole() {
    assertThat(send(20_000).isSuccess()).isTrue();
    assertThat(collector.spans()).hasSize(20_000);
  }

  @Test
  void anAnswerThatIsTooLargeIsPermanent() {
    collector.next(
        GrpcCollector.respond(
            ExportTraceServiceResponse.newBuilder()
                .setUnknownFields(
                    com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                            99,
                            com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(new byte[5 << 20]))
                                .build())
                        .build())
                .build()));

    ExportResult result = send(1);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.isRetryable()).isFalse();
  }

  @Test
  void allThreadsAreDaemonsWithOurName() {
    send(1);

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("otlp-agent-grpc"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon)
        .allMatch(thread -> thread.getContextClassLoader() == null);
  }

  private ExportResult send(int spans) {
    return Requests.send(sender, spans);
  }

  @Test
  void aSecondAddressIsReachedBehindASilentFirstOne() throws IOException {
    try (SilentAddress silent = new SilentAddress("127.0.0.2", collector.port())) {
      GrpcSender two =
          new GrpcSender(
              new SenderSettings(
                  CollectorEndpoint.of("collector:" + collector.port(), true),
                  Map.of(),
                  false,
                  "1.2.3"),
              host -> new InetAddress[] {silent.address(), InetAddress.getByName("127.0.0.1")});

      ExportResult result = Requests.send(two, 3);

      assertThat(result.isSuccess()).as("%s", result.message()).isTrue();
      two.close();
    }
  }

  @Test
  void theDefaultPortIsNotInTheAuthority() {
    assertThat(CollectorEndpoint.of("http://collector:80", true).authority())
        .isEqualTo("collector");
    assertThat(CollectorEndpoint.of("https://collector", true).authority()).isEqualTo("collector");
    assertThat(CollectorEndpoint.of("https://collector:80", true).authority())
        .isEqualTo("collector:80");
    assertThat(CollectorEndpoint.of("http://[::1]:4317", true).authority()).isEqualTo("[::1]:4317");
  }

  private static GrpcSender sender(int port, Map<String, String> headers, boolean gzip) {
    CollectorEndpoint endpoint = CollectorEndpoint.of("127.0.0.1:" + port, true);
    return new GrpcSender(new SenderSettings(endpoint, headers, gzip, "1.2.3"));
  }

  @Test
  void aChannelThatGrpcHasGivenUpIsReplaced() throws Exception {
    assertThat(send(1).isSuccess()).isTrue();

    panic();
    ExportResult broken = send(1);

    assertThat(broken.isUnreached()).isTrue();
    assertThat(broken.message()).contains("Panic!");
    assertThat(send(1).isSuccess()).isTrue();
  }

  @Test
  void aHeaderWithALineBreakIsLeftOut() {
    GrpcSender odd = sender(collector.port(), Map.of("x-odd", "a\nb", "x-good", "c"), false);

    assertThat(Requests.send(odd, 1).isSuccess()).isTrue();
    odd.close();

    assertThat(collector.headers().get(0).get(text("x-good"))).isEqualTo("c");
    assertThat(collector.headers().get(0).containsKey(text("x-odd"))).isFalse();
  }

  /** Has something throw in the channel's own thread of events, as a bug of grpc does. */
  private void panic() throws ReflectiveOperationException {
    Object channel = field(field(field(sender, "connection"), "grpc"), "channel");
    SynchronizationContext events =
        (SynchronizationContext) field(field(channel, "delegate"), "syncContext");
    events.execute(
        () -> {
          throw new IllegalStateException("of the test");
        });
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(owner);
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** {@code google.rpc.Status} with another detail and a {@code RetryInfo}, by hand. */
  private static Metadata retryInfo(Duration.Builder delay) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream status = CodedOutputStream.newInstance(bytes);
    status.writeInt32(1, 8);
    status.writeString(2, "slow down");
    status.writeMessage(3, Any.newBuilder().setTypeUrl("type.googleapis.com/x.Y").build());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    CodedOutputStream retryInfo = CodedOutputStream.newInstance(info);
    retryInfo.writeMessage(1, delay.build());
    retryInfo.flush();
    status.writeMessage(
        3,
        Any.newBuilder()
            .setTypeUrl("type.googleapis.com/google.rpc.RetryInfo")
            .setValue(ByteString.copyFrom(info.toByteArray()))
            .build());
    status.flush();
    Metadata trailers = new Metadata();
    trailers.put(detailsKey(), bytes.toByteArray());
    return trailers;
  }

  private static Metadata.Key<byte[]> detailsKey() {
    return Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  }

  private static Metadata.Key<String> text(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
