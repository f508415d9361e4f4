package io.otlpagent.agent;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.config.AgentConfigLoader;
import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.agent.live.TracingSettings;
import io.otlpagent.agent.live.Weaving;
import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.indy.Dispatcher;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.indy.PluginClassLoaders;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.transform.AgentTransformer;
import io.otlpagent.instrumentation.transform.ExcludedTypes;
import io.otlpagent.instrumentation.util.Privileged;
import java.lang.instrument.Instrumentation;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The start sequence, top to bottom. Runs in {@code premain}, on the application's main thread, so
 * it loads nothing that can wait: the exporter, the endpoint and the log belong to {@link
 * AgentRuntime}, on the exporter's thread.
 */
public final class AgentMain {

  private AgentMain() {}

  /**
   * Called by the bootstrap, once.
   *
   * @param arguments of the {@code -javaagent} option; null if there are none
   * @param launcher the thread that will run the application's {@code main}; null if it runs
   *     already
   * @param startNanos when the agent was entered, on the clock of {@link System#nanoTime()}
   */
  public static void start(
      @Nullable String arguments,
      Instrumentation instrumentation,
      @Nullable Thread launcher,
      long startNanos)
      throws Exception {
    // Also without a SecurityManager, which the application may set later: then our threads would
    // do no more than the code that has called us here may.
    Privileged.call(
        new PrivilegedExceptionAction<@Nullable Void>() {
          @Override
          public @Nullable Void run() throws Exception {
            begin(arguments, instrumentation, launcher, startNanos);
            return null;
          }
        });
  }

  private static void begin(
      @Nullable String arguments,
      Instrumentation instrumentation,
      @Nullable Thread launcher,
      long startNanos)
      throws Exception {
    AgentConfig config = AgentConfigLoader.load(arguments, System.getProperties(), System.getenv());
    if (!config.enabled()) {
      return;
    }
    String training = TrainingRun.option(Dispatcher.jvmOptions(instrumentation));
    if (training != null) {
      System.err.println("otlp-agent: no tracing in this run, it records an archive: " + training);
      return;
    }

    List<InstrumentationModule> modules = enabledModules(config);
    ExporterAlarm alarm = new ExporterAlarm();
    DropCounters drops = new DropCounters();
    SpanQueue queue =
        new SpanQueue(config.batch().maxQueueSize(), config.batch().maxSize(), drops, alarm);
    SpanCounters counters = new SpanCounters();
    TimeSource time = new TimeSource();
    install(
        config,
        new Tracer(
            TracingSettings.sampler(config), ProcessSalt.idGenerator(), time, counters, queue));
    Weaving weaving = weave(config, modules, instrumentation);

    AgentRuntime runtime =
        new AgentRuntime(config, new TracingParts(queue, counters, drops, alarm, time), weaving);
    runtime.start(launcher, count(modules), System.nanoTime() - startNanos);
  }

  private static void install(AgentConfig config, Tracer tracer) {
    TracingSettings.install(config);
    if (config.instrumentation().exponentialHistograms()) {
      // A series keeps the buckets that it began with. Without this the agent's thread is early
      // enough, and the start is spared the classes.
      AgentMetrics.configure(config);
    }
    Tracer.install(tracer);
    if (config.paused()) {
      Tracer.pause();
    }
  }

  private static List<InstrumentationModule> enabledModules(AgentConfig config) {
    List<InstrumentationModule> enabled = new ArrayList<>();
    for (InstrumentationModule module :
        InstrumentationModules.woven(config.instrumentation().options())) {
      if (config.instrumentation().enabled(module.group(), module.name())) {
        enabled.add(module);
      }
    }
    return enabled;
  }

  private static int count(List<InstrumentationModule> modules) {
    int count = 0;
    for (InstrumentationModule module : modules) {
      count += module.makesSpans() ? 1 : 0;
    }
    return count;
  }

  private static Weaving weave(
      AgentConfig config, List<InstrumentationModule> modules, Instrumentation instrumentation)
      throws Exception {
    ClassLoader agent = AgentMain.class.getClassLoader();
    Map<String, List<String>> opens = new HashMap<>();
    for (InstrumentationModule module : modules) {
      opens.put(module.plugin(), module.opens());
    }
    Dispatcher.define(instrumentation, agent);
    AdviceLinker linker =
        new AdviceLinker(
            new PluginClassLoaders(agent, opens, Dispatcher.opener(instrumentation)),
            config.instrumentation().profiled());
    OldCallSites oldCallSites = new OldCallSites(linker);
    Dispatcher.connect(linker, oldCallSites);
    AgentTransformer transformer =
        new AgentTransformer(
            modules,
            config.instrumentation().options(),
            agent,
            oldCallSites,
            new ExcludedTypes(
                config.instrumentation().excludedClasses(),
                config.instrumentation().excludedClassLoaders()));
    if (config.instrumentation().profiled()) {
      transformer.counts().profile();
    }
    transformer.install(instrumentation);
    return new Weaving(instrumentation, modules, transformer.counts(), linker.counts());
  }
}
