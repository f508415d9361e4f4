package io.otlpagent.agent.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.config.ConfigWatch;
import io.otlpagent.agent.config.value.ConfigSetting;
import io.otlpagent.agent.export.RegularChores;
import io.otlpagent.agent.export.SpanExporter;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.ExporterControl;
import io.otlpagent.agent.export.delivery.RetryLoop;
import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.agent.wiring.Senders;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {

  private static final InstrumentationScope SCOPE = InstrumentationScope.of("test");

  @TempDir Path directory;

  private final SpanCounters counters = new SpanCounters();
  private final DropCounters drops = new DropCounters();
  private final ExporterAlarm alarm = new ExporterAlarm();
  private final SpanQueue queue = new SpanQueue(64, 64, drops, alarm);
  private final SpanLedger ledger = new SpanLedger(counters, queue, drops);
  private final SinkSender sender = new SinkSender();
  private Instant time = Instant.now().minusSeconds(1000);
  private SpanExporter exporter;
  private LiveSettings settings;

  @AfterEach
  void putEverythingBack() throws InterruptedException {
    exporter.shutdown(0, List.of());
    Tracer.uninstall();
    SemconvSettings.install(SemconvSettings.DEFAULT);
    for (InstrumentationModule module : InstrumentationModules.all()) {
      InstrumentationScope.of(module.scope()).enable(true);
    }
  }

  @Test
  void killSwitchStopsAndResumesWithEverySpanAccountedFor() throws Exception {
    start("enabled: true");
    Span inFlight = begin();
    Tracer before = Objects.requireNonNull(Tracer.installed());
    before.end(begin());

    change("enabled: false");

    await().until(() -> Tracer.installed() == null);
    await().until(() -> ledger.dropped(DropReason.SWITCHED_OFF) == 1);
    Objects.requireNonNull(Tracer.ending()).end(inFlight);
    assertThat(ledger.dropped(DropReason.SWITCHED_OFF)).isEqualTo(2);
    assertThat(settings.paused()).isTrue();
    assertThat(ledger.accounted()).isEqualTo(ledger.started()).isEqualTo(2);

    change("enabled: true");

    await().until(() -> Tracer.installed() != null);
    before.end(begin());
    assertThat(exporter.flush(TimeUnit.SECONDS.toNanos(60))).isTrue();
    assertThat(ledger.exported()).isEqualTo(1);
    assertThat(ledger.accounted()).isEqualTo(ledger.started()).isEqualTo(3);
  }

  @Test
  void killSwitchWorksWhileTheCollectorIsAway() throws Exception {
    sender.result = ExportResult.retryable("unavailable", "away", 0);
    start("batch: {timeout: 1ms}\notlp: {retry: {max_retries: 100, initial_delay: 1h}}");
    Objects.requireNonNull(Tracer.installed()).end(begin());
    await().until(() -> ledger.inflight() == 1);

    change("enabled: false\nbatch: {timeout: 1ms}");

    await().until(() -> ledger.dropped(DropReason.SWITCHED_OFF) == 1);
    assertThat(ledger.accounted()).isEqualTo(ledger.started()).isEqualTo(1);
  }

  @Test
  void samplingRedactionAndBatchesChangeAtOnce() throws Exception {
    start("batch: {timeout: 1h}");
    assertThat(begin().sampled()).isTrue();

    change(
        "sampling: {sampler: always_off}\nredaction: {query_keys: [pin]}\n"
            + "batch: {timeout: 1h, max_size: 1}");

    await().until(() -> SemconvSettings.installed().secretKeys().contains("pin"));
    await().until(() -> !begin().sampled());

    change("batch: {timeout: 1h, max_size: 1}");

    await().until(() -> begin().sampled());
    Objects.requireNonNull(Tracer.installed()).end(begin());
    await().until(() -> ledger.exported() == 1);
    assertThat(settings.reloads()).isEqualTo(2);
  }

  @Test
  void spansAreSwitchedOffAndOnAndGoNowhereElse() throws Exception {
    start("");

    change("otel: {traces: {exporter: none}}");
    await().until(() -> !begin().sampled());
    change("otel: {traces: {exporter: console}}");

    await().until(() -> begin().sampled());
    assertThat(settings.settings())
        .filteredOn(setting -> setting.path().equals("otel.traces.exporter"))
        .singleElement()
        .extracting(ConfigSetting::value)
        .isEqualTo("otlp");
  }

  @Test
  void whoStartedWithoutAnExporterGetsOneWithARestart() throws Exception {
    start("otel: {traces: {exporter: none}}");

    change("sampling: {sampler: always_on}");

    await().until(() -> settings.reloads() == 1);
    // The thread has done with the first when it takes the second.
    change("sampling: {sampler: always_on}\nbatch: {max_size: 1}");
    await().until(() -> settings.reloads() == 2);
    assertThat(begin().sampled()).isFalse();
  }

  @Test
  void oneInstrumentationIsSwitchedOffAndOn() throws Exception {
    start("");

    change("instrumentation: {disabled: [servlet, jdbc]}");

    await().until(() -> !InstrumentationScope.of("jdbc").enabled());
    assertThat(InstrumentationScope.of("servlet-jakarta").enabled()).isFalse();
    assertThat(InstrumentationScope.of("servlet-javax").enabled()).isFalse();
    assertThat(InstrumentationScope.of("executors").enabled()).isTrue();

    change("");

    await().until(() -> InstrumentationScope.of("jdbc").enabled());
  }

  @Test
  void brokenFileChangesNothing() throws Exception {
    start("redaction: {query_keys: [pin]}");

    change("redaction: {query_keys: [pin, pan}");

    await().until(() -> settings.failures() == 1);
    assertThat(SemconvSettings.installed().secretKeys()).contains("pin").doesNotContain("pan");
    assertThat(settings.reloads()).isZero();
  }

  private void start(String yaml) throws IOException {
    change(yaml);
    Properties properties = new Properties();
    properties.setProperty("otlp.config.file", file().toString());
    AgentConfig config = AgentConfigLoader.load(null, properties, Map.of());
    TracingSettings.install(config);
    Tracer.install(
        new Tracer(
            TracingSettings.sampler(config),
            new IdGenerator(1, 2),
            new TimeSource(),
            counters,
            queue));
    TraceRequestEncoder encoder =
        new TraceRequestEncoder(Resource.EMPTY, "1", AttributeLimits.DEFAULT, 1 << 20);
    ExporterControl control = new ExporterControl(Senders.exporterSettings(config));
    DeliveryContext context = new DeliveryContext(sender, control, ledger, null);
    settings = new LiveSettings(config, new ConfigWatch(config, Map.of()), control);
    RegularChores chores = new RegularChores(List.of(settings), 1);
    RetryLoop retryLoop = new RetryLoop(context, chores, null);
    BatchDelivery delivery = new BatchDelivery(context, encoder, retryLoop, null, null);
    exporter = new SpanExporter(queue, alarm, delivery, chores, null);
    Thread thread = new Thread(exporter, "otlp-agent-exporter");
    thread.setDaemon(true);
    thread.start();
    await().until(exporter::running);
  }

  private Span begin() {
    Span span = new TestSpan();
    Objects.requireNonNull(Tracer.ending()).startRemote(span, null, null);
    return span;
  }

  private void change(String yaml) throws IOException {
    Path next = directory.resolve("next.yaml");
    Files.writeString(next, yaml);
    time = time.plusSeconds(1);
    Files.setLastModifiedTime(next, FileTime.from(time));
    Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path file() {
    return directory.resolve("config.yaml");
  }

  /** A collector that takes everything. */
  private static final class SinkSender implements OtlpSender {

    volatile ExportResult result = ExportResult.success();

    @Override
    public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
      return result;
    }

    @Override
    public int activeConnections() {
      return 0;
    }

    @Override
    public String description() {
      return "nowhere";
    }

    @Override
    public void close() {}
  }

  private static final class TestSpan extends Span {

    TestSpan() {
      super(SCOPE, SpanKind.INTERNAL);
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void writeAttributes(AttributeWriter writer) {}
  }
}
