package io.otlpagent.agent.export.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.GrpcCollector;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.grpc.GrpcSender;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.transport.CollectorEndpoint;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.SenderSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ParallelRequestsTest {

  private static final ExportResult UNAVAILABLE =
      ExportResult.retryable("unavailable", "UNAVAILABLE", 0);

  @TempDir private Path folder;

  private final ScriptedSender main = new ScriptedSender();
  private final List<ScriptedSender> others = new ArrayList<>();

  @Test
  void asManyRequestsAsAllowedAreUnderWayAtOnce() throws Exception {
    try (Pipeline pipeline = well(3, Pipeline.settings(10))) {
      CountDownLatch three = new CountDownLatch(3);
      main.next(() -> together(three));
      others.forEach(other -> other.next(() -> together(three)));

      pipeline.record(30);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.exported()).isEqualTo(31);
      assertThat(main.attempts()).isEqualTo(2);
      assertThat(others).allSatisfy(other -> assertThat(other.accepted()).hasSize(10));
      assertThat(accepted()).doesNotHaveDuplicates().hasSize(31);
      assertThat(pipeline.delivery.statistics().requests()).isEqualTo(4);
      assertBalanced(pipeline);
    }
  }

  @Test
  void answersAreSettledWithoutFurtherSpans() throws Exception {
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      pipeline.record(10);

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(11));

      assertThat(others.get(0).accepted()).hasSize(10);
    }
  }

  @Test
  void failedRequestIsRetriedOnTheOneWayAndCountedOnce() throws Exception {
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      others.get(0).next(() -> UNAVAILABLE);

      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();

      assertThat(others.get(0).accepted()).isEmpty();
      assertThat(main.accepted()).hasSize(11);
      assertThat(pipeline.ledger.exported()).isEqualTo(11);
      assertThat(pipeline.delivery.statistics().errors())
          .hasEntrySatisfying("unavailable", count -> assertThat(count.sum()).isEqualTo(1));
      assertBalanced(pipeline);
    }
  }

  @Test
  void retriesAreAsManyAsOtherwise() throws Exception {
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      others.get(0).always(() -> UNAVAILABLE);
      main.always(() -> UNAVAILABLE);

      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();

      assertThat(others.get(0).attempts() + main.attempts()).isEqualTo(1 + 4);
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(10);
      assertBalanced(pipeline);
    }
  }

  @Test
  void refusalsAreCountedAsOtherwise() throws Exception {
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      others
          .get(0)
          .next(() -> ExportResult.permanent("invalid_argument", "no"))
          .next(() -> ExportResult.partial(3, "too many"));

      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();
      recover(pipeline);
      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.dropped(DropReason.PERMANENT_ERROR)).isEqualTo(10);
      assertThat(pipeline.ledger.rejected()).isEqualTo(3);
      assertThat(pipeline.ledger.exported()).isEqualTo(2 + 7);
      assertBalanced(pipeline);
    }
  }

  @Test
  void whileTheCollectorIsNotWellThereIsOneWayOnly() throws Exception {
    main.always(() -> UNAVAILABLE);
    try (Pipeline pipeline = started(3, Pipeline.settings(10), null)) {
      pipeline.record(40);
      assertThat(pipeline.flush()).isTrue();

      assertThat(others).allSatisfy(other -> assertThat(other.attempts()).isZero());
      assertThat(pipeline.ledger.dropped(DropReason.RETRIES_EXHAUSTED)).isEqualTo(40);
    }
  }

  @Test
  void shutdownWaitsForWhatIsUnderWay() throws Exception {
    CountDownLatch exiting = new CountDownLatch(1);
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      others.get(0).next(() -> after(exiting));
      pipeline.record(10);
      await().until(() -> others.get(0).attempts() == 1);

      Thread exit =
          new Thread(
              () -> {
                await().until(() -> pipeline.delivery.shutdownBudget().begun());
                exiting.countDown();
              });
      exit.start();
      String summary = pipeline.shutdown(60_000);
      exit.join();

      assertThat(summary).endsWith("lost 0");
      assertThat(pipeline.ledger.exported()).isEqualTo(11);
      assertBalanced(pipeline);
      await().until(() -> main.closed() && others.get(0).closed());
    }
  }

  @Test
  void connectionThatNeverAnswersIsGivenUpAtTheExit() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      others.get(0).next(() -> after(never));
      pipeline.record(10);
      await().until(() -> others.get(0).attempts() == 1);

      String summary = pipeline.end(100);

      assertThat(summary).isEqualTo("flushed 0, lost 10 because of shutdown (10)");
      assertBalanced(pipeline);
    } finally {
      never.countDown();
    }
  }

  @Test
  void switchingOffWhileOneIsRetriedLeavesTheBatchAlone() throws Exception {
    try (Pipeline pipeline = well(2, Pipeline.settings(10))) {
      ScriptedSender other = others.get(0);
      other.next(() -> UNAVAILABLE);
      main.next(
              () -> {
                await().until(() -> other.attempts() == 1);
                return ExportResult.success();
              })
          .next(
              () -> {
                pipeline.context.control().suspend(true);
                return ExportResult.success();
              });

      pipeline.record(40);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.dropped(DropReason.INTERNAL_ERROR)).isZero();
      assertThat(pipeline.ledger.dropped(DropReason.SWITCHED_OFF)).isPositive();
      assertThat(pipeline.ledger.inflight()).isZero();
      assertBalanced(pipeline);
    }
  }

  @Test
  void requestThatIsStillBeingReadIsNotWrittenOver() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ExporterSettings brief =
        new ExporterSettings(10, Pipeline.HOUR, MILLISECONDS.toNanos(50), Pipeline.EAGER);
    try (Pipeline pipeline = well(2, brief)) {
      others.get(0).next(() -> after(late));
      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();
      assertThat(main.accepted()).as("sent again").hasSize(11);

      pipeline.record(10);
      assertThat(pipeline.flush()).isTrue();
      late.countDown();

      await().untilAsserted(() -> assertThat(others.get(0).accepted()).hasSize(20));
      assertThat(accepted().stream().distinct()).as("with the first one").hasSize(21);
      assertBalanced(pipeline);
    }
  }

  @Test
  void whatFailsGoesToDiskIfThereIsOne() throws Exception {
    BufferSettings disk =
        new BufferSettings(folder.resolve("spans").toFile(), "shop", 64 << 20, 3_600_000);
    try (Pipeline pipeline = well(2, Pipeline.settings(10), disk)) {
      ExportResult later = ExportResult.retryable("unavailable", "busy", SECONDS.toNanos(1));
      main.next(() -> later);
      others.get(0).next(() -> later);
      pipeline.record(20);
      assertThat(pipeline.flush()).isTrue();

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(21));

      assertThat(pipeline.ledger.dropped()).isZero();
      assertThat(pipeline.ledger.onDisk()).isZero();
      assertThat(accepted()).doesNotHaveDuplicates().hasSize(21);
      assertBalanced(pipeline);
    }
  }

  @Test
  void eachHasAConnectionOfItsOwnOverGrpc() throws Exception {
    try (GrpcCollector collector = new GrpcCollector();
        Pipeline pipeline =
            new Pipeline(
                new Pipeline.Options(1024, Pipeline.settings(10), grpc(collector.port()))
                    .inFlight(3, () -> grpc(collector.port())))) {
      pipeline.start();
      await().until(pipeline.exporter::running);
      recover(pipeline);
      CountDownLatch three = new CountDownLatch(3);
      collector.always(
          call -> {
            together(three);
            GrpcCollector.respond(ExportTraceServiceResponse.getDefaultInstance()).to(call);
          });

      pipeline.record(30);
      assertThat(pipeline.flush()).isTrue();

      assertThat(three.getCount()).as("calls that did not come").isZero();
      assertThat(pipeline.ledger.exported()).isEqualTo(31);
      assertThat(collector.spans()).hasSize(31);
      assertThat(pipeline.delivery.activeConnections()).isEqualTo(3);
    }
  }

  private static GrpcSender grpc(int port) {
    return new GrpcSender(
        new SenderSettings(
            CollectorEndpoint.of("http://127.0.0.1:" + port, true), Map.of(), false, "1.2.3"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everySpanIsSettledOnceWhateverHappens(long seed) throws Exception {
    try (Pipeline pipeline = well(4, Pipeline.settings(10))) {
      Random random = new Random(seed);
      main.always(() -> anything(random));
      others.forEach(other -> other.always(() -> anything(random)));

      for (int i = 0; i < 40; i++) {
        pipeline.record(random.nextInt(60));
        if (random.nextInt(4) == 0) {
          assertThat(pipeline.flush()).isTrue();
        }
      }
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.inflight()).isZero();
      assertThat(pipeline.ledger.exported() + pipeline.ledger.rejected())
          .isEqualTo(accepted().stream().distinct().count());
      assertThat(others).anySatisfy(other -> assertThat(other.attempts()).isPositive());
      assertBalanced(pipeline);
    }
  }

  /** With a collector that has answered, so that all ways are open. */
  private Pipeline well(int maxInFlight, ExporterSettings settings) throws Exception {
    return well(maxInFlight, settings, null);
  }

  private Pipeline well(int maxInFlight, ExporterSettings settings, @Nullable BufferSettings disk)
      throws Exception {
    Pipeline pipeline = started(maxInFlight, settings, disk);
    recover(pipeline);
    return pipeline;
  }

  private static void recover(Pipeline pipeline) throws InterruptedException {
    long before = pipeline.ledger.exported();
    pipeline.record(1);
    assertThat(pipeline.flush()).isTrue();
    assertThat(pipeline.ledger.exported()).isEqualTo(before + 1);
  }

  private Pipeline started(
      int maxInFlight, ExporterSettings settings, @Nullable BufferSettings disk) {
    Supplier<OtlpSender> senders =
        () -> {
          ScriptedSender other = new ScriptedSender();
          others.add(other);
          return other;
        };
    Pipeline pipeline =
        new Pipeline(
            new Pipeline.Options(1024, settings, main).disk(disk).inFlight(maxInFlight, senders));
    pipeline.start();
    await().until(pipeline.exporter::running);
    return pipeline;
  }

  private List<String> accepted() {
    List<String> ids = new ArrayList<>();
    List<ScriptedSender> all = new ArrayList<>(others);
    all.add(main);
    for (ScriptedSender each : all) {
      for (Span span : each.accepted()) {
        ids.add(HexFormat.of().formatHex(span.getSpanId().toByteArray()));
      }
    }
    return ids;
  }

  private static synchronized ExportResult anything(Random random) {
    switch (random.nextInt(6)) {
      case 0:
        return UNAVAILABLE;
      case 1:
        return ExportResult.permanent("invalid_argument", "no");
      case 2:
        return ExportResult.unreached("connect", "nobody there");
      default:
        return ExportResult.success();
    }
  }

  /** Succeeds only if all others are under way as well. */
  private static ExportResult together(CountDownLatch all) {
    all.countDown();
    return after(all);
  }

  private static ExportResult after(CountDownLatch event) {
    try {
      return event.await(60, SECONDS)
          ? ExportResult.success()
          : ExportResult.permanent("alone", "the others did not come");
    } catch (InterruptedException e) {
      return ExportResult.permanent("interrupted", "");
    }
  }

  private static void assertBalanced(Pipeline pipeline) {
    assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started());
  }
}
