package io.otlpagent.agent.export.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.otlpagent.agent.buffer.BufferSettings;
import io.otlpagent.agent.export.ConsoleReader;
import io.otlpagent.agent.export.Pipeline;
import io.otlpagent.agent.export.Requests;
import io.otlpagent.agent.export.ScriptedSender;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.DeliveryOutcome;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.ExporterSettings;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.delivery.RetryPolicy;
import io.otlpagent.agent.export.otlp.JsonForm;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.RandomMessages;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.instrumentation.trace.SpanCounters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans and metrics as lines of OTLP JSON, instead of sending them and beside it. */
@Timeout(180)
class ConsoleSenderTest {

  @TempDir private Path folder;

  private final ConsoleReader reader = new ConsoleReader();
  private final StandardOutput output = new StandardOutput(reader);

  @Test
  void aWrittenBatchIsExported() throws Exception {
    try (Pipeline pipeline = alone(Pipeline.settings(10))) {
      record(pipeline, 25);

      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.exported()).isEqualTo(25);
      assertThat(reader.lines()).hasSize(3);
      assertThat(written()).isEqualTo(names(25));
    }
  }

  @Test
  void metricsAreLinesToo() {
    ExportMetricsServiceRequest request =
        new RandomMessages(3).fill(ExportMetricsServiceRequest.newBuilder()).build();
    byte[] encoded = request.toByteArray();

    ExportResult result =
        new ConsoleSender(output)
            .send(
                new OtlpRequest(OtlpSignal.METRICS, encoded, encoded.length),
                Requests.deadline(10_000));

    assertThat(result.isSuccess()).isTrue();
    assertThat(reader.lines())
        .singleElement()
        .satisfies(
            line ->
                assertThat(JsonForm.parse(line, ExportMetricsServiceRequest.newBuilder()).build())
                    .isEqualTo(request));
  }

  @Test
  void whoeverDoesNotReadBlocksNeitherTheApplicationNorTheExit() throws Exception {
    reader.stop();
    try (Pipeline pipeline = alone(impatient())) {
      record(pipeline, 10);
      await().until(() -> reader.stuck() == 1);
      for (int i = 0; i < 50; i++) {
        pipeline.record(10);
      }

      assertThat(pipeline.ledger.dropped(DropReason.QUEUE_FULL)).isPositive();
      assertThat(pipeline.shutdown(100)).startsWith("flushed 0, ");
      pipeline.thread.join(60_000);
      assertThat(pipeline.thread.isAlive()).isFalse();
      assertThat(pipeline.ledger.exported()).isZero();
      assertThat(pipeline.ledger.accounted()).isEqualTo(pipeline.ledger.started());
    } finally {
      reader.goOn();
    }
  }

  @Test
  void choresAreDoneWhileNobodyReads() throws Exception {
    reader.stop();
    RetryPolicy policy =
        new RetryPolicy(
            3, TimeUnit.MILLISECONDS.toNanos(5), TimeUnit.MILLISECONDS.toNanos(50), 2.0);
    ExporterSettings settings =
        new ExporterSettings(10, Pipeline.HOUR, TimeUnit.MILLISECONDS.toNanos(20), policy);
    try (Pipeline pipeline =
        new Pipeline(
            new Pipeline.Options(64, settings, new ConsoleSender(output)).choresEvery(0))) {
      started(pipeline);
      record(pipeline, 10);
      await().until(() -> reader.stuck() == 1);
      int before = pipeline.chores.get();

      await().until(() -> pipeline.chores.get() > before + 2);
    } finally {
      reader.goOn();
    }
  }

  @Test
  void whatWasBegunIsWrittenOnceWhenTheReaderGoesOn() throws Exception {
    reader.stop();
    try (Pipeline pipeline = alone(impatient())) {
      record(pipeline, 25);
      await().until(() -> pipeline.delivery.statistics().requests() > 3);

      reader.goOn();

      assertThat(pipeline.flush()).isTrue();
      assertThat(pipeline.ledger.exported()).isEqualTo(25);
      assertThat(written()).isEqualTo(names(25));
    }
  }

  @Test
  void aLineThatWasBegunIsUnderWayUntilItIsWritten() {
    reader.stop();
    ConsoleSender sender = new ConsoleSender(output);
    byte[] request = Requests.of(3);
    await()
        .until(
            () ->
                sender.send(
                    new OtlpRequest(OtlpSignal.TRACES, request, request.length),
                    Requests.deadline(20)),
            ExportResult::isUnderWay);
    reader.goOn();

    ExportResult result =
        sender.send(
            new OtlpRequest(OtlpSignal.TRACES, request, request.length), Requests.deadline(20_000));

    assertThat(result.isSuccess()).isTrue();
    assertThat(reader.lines()).hasSize(1);
  }

  /** It would be written when it has long been counted as lost. */
  @Test
  void whatIsUnderWayIsNotGivenUpWhenRetriesAndTimeAreUsedUp() {
    ScriptedSender sender = new ScriptedSender();
    for (int i = 0; i < 5; i++) {
      sender.next(() -> ExportResult.underWay("timeout", "nothing reads"));
    }
    ExporterSettings impatient =
        new ExporterSettings(10, Pipeline.HOUR, Pipeline.HOUR, Pipeline.EAGER.within(1).off());
    SpanCounters counters = new SpanCounters();
    SpanLedger ledger =
        new SpanLedger(
            counters,
            new SpanQueue(64, 10, new DropCounters(), new ExporterAlarm()),
            new DropCounters());
    DeliveryContext context =
        new DeliveryContext(sender, new ExporterControl(impatient), ledger, null);
    AtomicInteger chores = new AtomicInteger();
    RetryLoop loop = new RetryLoop(context, chores::incrementAndGet, null);
    byte[] request = Requests.of(3);

    DeliveryOutcome outcome =
        loop.run(new OtlpRequest(OtlpSignal.TRACES, request, request.length), 3, null);

    assertThat(outcome.verdict()).isEqualTo(DeliveryOutcome.Verdict.DELIVERED);
    assertThat(outcome.attempts()).isEqualTo(6);
    assertThat(chores.get()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aClosedOutputTakesNothing() throws Exception {
    reader.close();
    try (Pipeline pipeline = alone(Pipeline.settings(10))) {
      record(pipeline, 10);

      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.dropped(DropReason.PERMANENT_ERROR)).isEqualTo(10);
      assertThat(pipeline.ledger.accounted()).isEqualTo(10);
    }
  }

  @Test
  void aCopyIsWrittenOnceHoweverOftenTheCollectorIsAsked() throws Exception {
    ScriptedSender collector = new ScriptedSender();
    collector.next(() -> ExportResult.retryable("unavailable", "busy", 0));
    collector.next(() -> ExportResult.retryable("unavailable", "busy", 0));
    try (Pipeline pipeline = beside(collector, null)) {
      record(pipeline, 10);
      assertThat(pipeline.flush()).isTrue();
      output.flush(TimeUnit.SECONDS.toNanos(20));

      assertThat(collector.attempts()).isEqualTo(3);
      assertThat(pipeline.ledger.exported()).isEqualTo(10);
      assertThat(written()).isEqualTo(names(10));
    }
  }

  @Test
  void theOutcomeIsTheCollectors() throws Exception {
    ScriptedSender collector = new ScriptedSender();
    collector.next(() -> ExportResult.permanent("400", "no"));
    try (Pipeline pipeline = beside(collector, null)) {
      record(pipeline, 10);
      assertThat(pipeline.flush()).isTrue();
      output.flush(TimeUnit.SECONDS.toNanos(20));

      assertThat(pipeline.ledger.exported()).isZero();
      assertThat(pipeline.ledger.dropped(DropReason.PERMANENT_ERROR)).isEqualTo(10);
      assertThat(written()).isEqualTo(names(10));
    }
  }

  @Test
  void theCollectorIsNotKeptWaitingForTheReader() throws Exception {
    reader.stop();
    ScriptedSender collector = new ScriptedSender();
    try (Pipeline pipeline = beside(collector, null)) {
      record(pipeline, 500);
      assertThat(pipeline.flush()).isTrue();

      assertThat(pipeline.ledger.exported()).isEqualTo(500);
      assertThat(collector.accepted()).hasSize(500);
    } finally {
      reader.goOn();
    }
  }

  /** The heap is the application's. */
  @Test
  void attemptsWhileNobodyReadsLeaveNothingBehind() {
    reader.stop();
    byte[] request = Requests.of(10);
    output.write(output.line(new OtlpRequest(OtlpSignal.METRICS, new byte[0], 0)));
    await().until(() -> reader.stuck() == 1);

    for (int i = 0; i < 50; i++) {
      new ConsoleSender(output)
          .send(new OtlpRequest(OtlpSignal.TRACES, request, request.length), Requests.deadline(1));
    }

    assertThat(output.waiting()).isZero();
    reader.goOn();
    await().until(() -> reader.lines().size() == 1);
  }

  /** The heap is the application's. */
  @Test
  void copiesThatNobodyReadsAreBounded() throws Exception {
    reader.stop();
    byte[] request = Requests.of(10_000);
    for (int i = 0; i < 100; i++) {
      output.copy(new OtlpRequest(OtlpSignal.TRACES, request, request.length));
    }
    reader.goOn();
    output.flush(TimeUnit.SECONDS.toNanos(50));

    assertThat(reader.lines()).hasSizeBetween(1, 20);
    int before = reader.lines().size();
    output.copy(new OtlpRequest(OtlpSignal.TRACES, request, request.length));
    await().until(() -> reader.lines().size() == before + 1);
  }

  @Test
  void whatGoesToDiskIsCopiedOnceAndNotAgainWhenItIsSent() throws Exception {
    ScriptedSender collector = new ScriptedSender();
    collector.always(() -> ExportResult.retryable("unavailable", "busy", 0));
    BufferSettings disk = new BufferSettings(folder.toFile(), "shop", 1 << 20, 3_600_000);
    try (Pipeline pipeline = beside(collector, disk)) {
      record(pipeline, 45);
      assertThat(pipeline.flush()).isTrue();
      assertThat(pipeline.ledger.onDisk()).isEqualTo(45);

      collector.always(ExportResult::success);

      await().untilAsserted(() -> assertThat(pipeline.ledger.exported()).isEqualTo(45));
      output.flush(TimeUnit.SECONDS.toNanos(20));
      assertThat(written()).isEqualTo(names(45));
    }
  }

  private Pipeline alone(ExporterSettings settings) {
    return started(new Pipeline(64, settings, new ConsoleSender(output)));
  }

  private Pipeline beside(ScriptedSender collector, BufferSettings disk) {
    return started(
        new Pipeline(
            new Pipeline.Options(1024, Pipeline.settings(10), collector)
                .disk(disk)
                .copies(output)));
  }

  private static Pipeline started(Pipeline pipeline) {
    pipeline.start();
    await().until(pipeline.exporter::running);
    return pipeline;
  }

  /** Attempts that end soon, and are repeated without a delay. */
  private static ExporterSettings impatient() {
    return new ExporterSettings(
        10, Pipeline.HOUR, TimeUnit.MILLISECONDS.toNanos(20), Pipeline.EAGER);
  }

  private static void record(Pipeline pipeline, int spans) {
    for (int i = 0; i < spans; i++) {
      pipeline.end(pipeline.begin("span " + i));
    }
  }

  private static List<String> names(int spans) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < spans; i++) {
      names.add("span " + i);
    }
    return names;
  }

  private List<String> written() {
    List<String> names = new ArrayList<>();
    for (String line : reader.lines()) {
      JsonForm.parse(line, TracesData.newBuilder())
          .build()
          .getResourceSpansList()
          .forEach(
              resource ->
                  resource
                      .getScopeSpansList()
                      .forEach(
                          scope ->
                              scope.getSpansList().forEach(span -> names.add(span.getName()))));
    }
    return names;
  }
}
