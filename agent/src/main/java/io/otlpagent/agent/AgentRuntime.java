package io.otlpagent.agent;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.ConfigWatch;
import io.otlpagent.agent.config.LoggingConfig;
import io.otlpagent.agent.doctor.AgentDoctor;
import io.otlpagent.agent.doctor.CollectorReport;
import io.otlpagent.agent.doctor.ExportReport;
import io.otlpagent.agent.doctor.Identity;
import io.otlpagent.agent.doctor.WeavingReport;
import io.otlpagent.agent.endpoint.Endpoint;
import io.otlpagent.agent.endpoint.EndpointSources;
import io.otlpagent.agent.export.RegularChores;
import io.otlpagent.agent.export.SpanExporter;
import io.otlpagent.agent.export.console.StandardOutput;
import io.otlpagent.agent.export.delivery.BatchDelivery;
import io.otlpagent.agent.export.delivery.DeliveryContext;
import io.otlpagent.agent.export.delivery.DiskParking;
import io.otlpagent.agent.export.metrics.MetricExporter;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.agent.live.AgentStatus;
import io.otlpagent.agent.live.Chores;
import io.otlpagent.agent.live.JarWatch;
import io.otlpagent.agent.live.LateSpans;
import io.otlpagent.agent.live.LiveSettings;
import io.otlpagent.agent.live.Weaving;
import io.otlpagent.agent.logging.AgentLog;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.agent.wiring.AgentResource;
import io.otlpagent.agent.wiring.AgentVersion;
import io.otlpagent.agent.wiring.Deliveries;
import io.otlpagent.agent.wiring.Senders;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.util.AgentPorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything of the agent that runs beside the application, on one daemon thread that begins its
 * work when the application's {@code main} runs.
 */
final class AgentRuntime implements Runnable {

  private final AgentConfig config;
  private final TracingParts parts;
  private final Weaving weaving;

  // Opened by the exporter's loop itself: what ends before that would find nothing to wait for.
  private final CountDownLatch exporterRuns = new CountDownLatch(1);
  private volatile @Nullable SpanExporter exporter;
  private volatile @Nullable MetricExporter metricExporter;
  private volatile @Nullable StandardOutput console;
  private volatile @Nullable Endpoint endpoint;
  private volatile JarWatch jar = JarWatch.NONE;
  private final PortConflict portConflict = new PortConflict();
  private volatile boolean exiting;

  private final long startedNanoTime = System.nanoTime();

  // Written before the thread starts.
  private @Nullable ApplicationStart applicationStart;
  private int instrumentations;
  private long startedInNanos;

  AgentRuntime(AgentConfig config, TracingParts parts, Weaving weaving) {
    this.config = config;
    this.parts = parts;
    this.weaving = weaving;
  }

  /**
   * Starts the thread and registers for the JVM's exit.
   *
   * @param launcher the thread that will run the application's {@code main}; null if it runs
   *     already
   */
  void start(@Nullable Thread launcher, int instrumentations, long startedInNanos) {
    this.applicationStart = launcher == null ? null : new ApplicationStart(launcher);
    this.instrumentations = instrumentations;
    this.startedInNanos = startedInNanos;
    Thread thread = new Thread(null, this, "otlp-agent-exporter", 0);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    Runtime.getRuntime().addShutdownHook(new ExitHook(this));
  }

  @Override
  public void run() {
    try {
      if (applicationStart != null) {
        applicationStart.await();
      }
      openLog(config.logging());
      jar = JarWatch.begin(AgentRuntime.class.getClassLoader());
      SpanExporter made = begin(AgentResource.of(config.resource()));
      made.run();
      new LateSpans(made.ledger()).run();
    } catch (Throwable e) {
      exporterRuns.countDown();
      if (exiting) {
        // What is left to close, the end of the JVM closes.
        AgentLog.debug("the exporter could not be closed", e);
      } else {
        AgentLog.error("spans are not exported: " + e, e);
      }
    }
  }

  /** Makes all parts and starts the endpoint. */
  private SpanExporter begin(Resource resource) {
    Deliveries deliveries = new Deliveries(config, resource, parts.queue);
    console = Senders.console(config);
    DeliveryContext context =
        deliveries.context(console, new SpanLedger(parts.counters, parts.queue, parts.drops));
    DiskParking parking = deliveries.parking(context);
    ConfigWatch watch = new ConfigWatch(config, System.getenv());
    LiveSettings settings = new LiveSettings(config, watch, context.control());
    RegularChores chores = chores(watch, settings, parking);
    BatchDelivery delivery = deliveries.delivery(context, chores, parking);
    AgentMetrics.configure(config);
    AgentMetrics metrics = new AgentMetrics(config, resource, delivery, console, weaving, settings);
    metricExporter = metrics.exporter();
    SpanExporter made =
        new SpanExporter(parts.queue, parts.alarm, delivery, chores, metrics.exporter());
    exporter = made;
    StartReport.log(config, resource, instrumentations, startedInNanos, applicationStart == null);
    serve(endpoint(resource, settings, made, delivery, metrics));
    return made;
  }

  private void serve(Endpoint served) {
    endpoint = served;
    AgentPorts.hold(Arrays.asList(config.server().port(), config.server().metricsPort()));
    served.start();
    AgentPorts.hold(served.ports());
    AgentProperties.publish(
        weaving.instrumentation,
        AgentProperties.of(instance(), weaving, config.server().host(), served));
    if (exiting) {
      served.stop();
    }
  }

  private static void openLog(LoggingConfig logging) {
    AgentLog.init(
        logging.level(),
        logging.format(),
        logging.output(),
        logging.maxFileBytes(),
        logging.maxFiles());
  }

  private RegularChores chores(
      ConfigWatch watch, LiveSettings settings, @Nullable DiskParking parking) {
    List<Runnable> chores = new ArrayList<>();
    chores.add(exporterRuns::countDown);
    chores.add(jar);
    chores.add(portConflict);
    chores.add(new Chores(parts.time, weaving.transformed));
    if (watch.enabled()) {
      chores.add(settings);
    }
    if (parking != null) {
      chores.add(parking::adopt);
    }
    return new RegularChores(chores, watch.enabled() ? config.reloadNanos() : Long.MAX_VALUE);
  }

  private Endpoint endpoint(
      Resource resource,
      LiveSettings settings,
      SpanExporter made,
      BatchDelivery delivery,
      AgentMetrics metrics) {
    AgentStatus status =
        new AgentStatus(Thread.currentThread(), settings, made, delivery.statistics());
    EndpointSources sources =
        new EndpointSources(status, status, metrics.sources(), settings)
            .with(doctor(resource, settings, delivery));
    Endpoint served = new Endpoint(config.server(), config.otlp(), AgentVersion.get(), sources);
    status.ask(jar);
    status.ask(served);
    return served;
  }

  private AgentDoctor doctor(Resource resource, LiveSettings settings, BatchDelivery delivery) {
    CollectorReport collector =
        new CollectorReport(
            config.otlp(), Senders.probe(config.otlp()), CollectorReport.ENDPOINT_PATIENCE_NANOS);
    return new AgentDoctor(
        new Identity(AgentVersion.get(), instance(), resource, applicationStart == null),
        settings::config,
        new WeavingReport(
            weaving.instrumentation::getAllLoadedClasses, weaving.transformed, weaving.linked),
        new ExportReport(delivery.ledger(), delivery.statistics(), collector));
  }

  /** Tells this JVM from another one that has the same address in its own container. */
  private String instance() {
    return Long.toHexString(startedNanoTime) + '-' + Integer.toHexString(hashCode());
  }

  /** Whether there is nothing to say: a JVM in which nothing of interest happened ends at once. */
  private boolean nothingHappened() {
    SpanExporter running = exporter;
    MetricExporter pushed = metricExporter;
    return parts.counters.started() == 0
        && (running == null || running.ledger().recovered() == 0)
        && (pushed == null || (!pushed.used() && parts.counters.notSampled() == 0));
  }

  /**
   * Runs when the JVM exits: the last spans and metrics leave within a bound.
   *
   * @param stopped the spans of the thread that ends the JVM
   */
  void atExit(List<Span> stopped) {
    exiting = true;
    try {
      jar.run();
      portConflict.run();
      if (!nothingHappened()) {
        exportLast(stopped);
      }
    } catch (InterruptedException e) {
      // The application interrupts threads at its exit: then the JVM is not to wait for us.
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      AgentLog.error("the last spans may not have been exported: " + e);
    } finally {
      Endpoint served = endpoint;
      if (served != null) {
        // A thread that accepts is in native code, for which the JVM's exit waits 0.3 s.
        served.stop();
      }
    }
  }

  private void exportLast(List<Span> stopped) throws InterruptedException {
    long budget = config.buffer().shutdownTimeoutNanos();
    long deadline = System.nanoTime() + budget;
    exporterRuns.await(budget, TimeUnit.NANOSECONDS);
    SpanExporter ending = exporter;
    boolean idle = ending != null && console == null && ending.endIdle(budget);
    if (ending != null && !idle) {
      String summary = ending.shutdown(Math.max(0, deadline - System.nanoTime()), stopped);
      StandardOutput written = console;
      if (written != null) {
        written.flush(deadline - System.nanoTime());
      }
      LastWords.say(() -> AgentLog.info(summary), deadline - System.nanoTime());
    }
  }
}
