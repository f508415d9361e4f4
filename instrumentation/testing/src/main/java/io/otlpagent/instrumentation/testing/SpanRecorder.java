package io.otlpagent.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.indy.AdviceErrors;
import io.otlpagent.instrumentation.indy.AdviceLinker;
import io.otlpagent.instrumentation.indy.Dispatcher;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.indy.PluginClassLoaders;
import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.IdGenerator;
import io.otlpagent.instrumentation.trace.Sampler;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.TimeSource;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import io.otlpagent.instrumentation.trace.sampling.ParentBasedSampler;
import io.otlpagent.instrumentation.transform.AgentTransformer;
import io.otlpagent.instrumentation.transform.ExcludedTypes;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Weaves the test JVM once with every module of the class path and collects the spans of each test.
 * After a test every span must have been taken, no advice may have failed, every link must have
 * worked, no span may be current or open.
 *
 * <pre>{@code
 * @RegisterExtension final SpanRecorder spans = new SpanRecorder();
 * }</pre>
 */
public final class SpanRecorder implements BeforeEachCallback, AfterEachCallback {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static boolean woven;
  private static List<InstrumentationModule> known;
  private static Supplier<Class<?>[]> loadedClasses;
  private static AgentTransformer installed;
  private static OldCallSites oldCallSites;
  private static AgentTransformer installedWithOptions;

  // Loaders whose classes are woven with every option; the rest of the JVM is woven with none.
  private static final Map<ClassLoader, Boolean> WITH_OPTIONS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final LinkedBlockingQueue<RecordedSpan> ended = new LinkedBlockingQueue<>();
  private SpanCounters counters = new SpanCounters();
  private Sampler sampler = new ParentBasedSampler(Sampler.ALWAYS_ON);
  private long adviceErrors;
  private long failedLinks;
  private AgentTransformer transformer;

  /** Weaves this JVM with all modules; only the first call does. */
  public static synchronized void weave() {
    if (woven) {
      return;
    }
    woven = true;
    try {
      Instrumentation instrumentation = ByteBuddyAgent.install();
      ClassLoader agent = SpanRecorder.class.getClassLoader();
      List<InstrumentationModule> all = modules();
      known = all;
      loadedClasses = instrumentation::getAllLoadedClasses;
      Map<String, List<String>> opens = new HashMap<>();
      for (InstrumentationModule module : all) {
        opens.put(module.plugin(), module.opens());
      }
      Dispatcher.define(instrumentation, agent);
      AdviceLinker linker =
          new AdviceLinker(
              new PluginClassLoaders(agent, opens, Dispatcher.opener(instrumentation)));
      oldCallSites = new OldCallSites(linker);
      Dispatcher.connect(linker, oldCallSites);
      List<InstrumentationModule> modules =
          all.stream().filter(module -> module.option().isEmpty()).toList();
      installed = new AgentTransformer(modules, agent, oldCallSites);
      installed.install(only(instrumentation, loader -> !WITH_OPTIONS.containsKey(loader)));
      installedWithOptions =
          new AgentTransformer(all, options(all), agent, oldCallSites, ExcludedTypes.NONE);
      only(instrumentation, WITH_OPTIONS::containsKey).addTransformer(installedWithOptions, true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every module of the class path: of the family under test, and of those that it tests with. */
  public static List<InstrumentationModule> modules() {
    return ServiceLoader.load(InstrumentationModule.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Everything that somebody can ask for. */
  private static Set<String> options(List<InstrumentationModule> modules) {
    Set<String> options = new HashSet<>();
    for (InstrumentationModule module : modules) {
      options.add(module.option());
      for (TypeInstrumentation type : module.types()) {
        type.methods().forEach(method -> options.add(method.option()));
      }
    }
    return options;
  }

  /** From now on the classes of a loader are woven as if every option were on. */
  public static void weaveWithOptions(ClassLoader loader) {
    weave();
    WITH_OPTIONS.put(loader, true);
  }

  /** The JVM as seen by a transformer that is to see the classes of some loaders only. */
  private static Instrumentation only(
      Instrumentation instrumentation, Predicate<ClassLoader> loaders) {
    return (Instrumentation)
        Proxy.newProxyInstance(
            SpanRecorder.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("addTransformer")) {
                instrumentation.addTransformer(
                    only((ClassFileTransformer) arguments[0], loaders), true);
                return null;
              }
              return method.invoke(instrumentation, arguments);
            });
  }

  private static ClassFileTransformer only(
      ClassFileTransformer transformer, Predicate<ClassLoader> loaders) {
    return new ClassFileTransformer() {
      @Override
      public byte[] transform(
          ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes)
          throws IllegalClassFormatException {
        return loaders.test(loader)
            ? transformer.transform(loader, name, type, domain, bytes)
            : null;
      }
    };
  }

  /** The table that the dispatcher of this JVM calls. */
  public static OldCallSites oldCallSites() {
    return oldCallSites;
  }

  /** The sampler of the following spans; call it before the operation under test. */
  public void sampler(Sampler sampler) {
    this.sampler = sampler;
    install();
  }

  /** The headers of the following requests, instead of the W3C's. */
  public void propagators(String... names) {
    Propagation.configure(Arrays.asList(names));
  }

  private void install() {
    Tracer.install(
        new Tracer(
            sampler,
            new IdGenerator(1, 2),
            new TimeSource(),
            counters,
            span -> ended.add(valid(span))));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    weave();
    counters = new SpanCounters();
    ended.clear();
    sampler = new ParentBasedSampler(Sampler.ALWAYS_ON);
    adviceErrors = AdviceErrors.adviceErrors();
    failedLinks = AdviceErrors.failedLinks();
    transformer = installed;
    install();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Propagation.configure(true, true);
    if (context.getExecutionException().isPresent()) {
      Tracer.uninstall();
      return;
    }
    await("open spans").atMost(PATIENCE).until(() -> counters.live() == 0);
    Tracer.uninstall();
    assertThat(new ArrayList<>(ended)).as("spans that the test did not take").isEmpty();
    if (AdviceErrors.adviceErrors() != adviceErrors) {
      throw new AssertionError("advice failed: " + AdviceErrors.lastError());
    }
    assertThat(AdviceErrors.failedLinks())
        .as("failed links; the last: %s", AdviceErrors.lastFailedLink())
        .isEqualTo(failedLinks);
    assertThat(transformer.counts().classesFailed())
        .as("classes not woven; the last: %s", transformer.counts().lastFailure())
        .isZero();
    assertThat(installedWithOptions.counts().classesFailed())
        .as("classes not woven; the last: %s", installedWithOptions.counts().lastFailure())
        .isZero();
    assertThat(Context.current()).as("span that is still current").isNull();
  }

  /** The test has made advice fail, so often. */
  public void takeAdviceErrors(long count) {
    assertThat(AdviceErrors.adviceErrors()).isEqualTo(adviceErrors + count);
    adviceErrors += count;
  }

  /** Waits for exactly so many spans and takes them, in the order in which they ended. */
  public List<RecordedSpan> take(int count) {
    List<RecordedSpan> taken = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (taken.size() < count) {
        RecordedSpan next = ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new AssertionError("expected " + count + " spans, got " + taken + clues());
        }
        taken.add(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return taken;
  }

  /** What may be the reason that a span is missing. */
  private String clues() {
    StringBuilder clues = new StringBuilder();
    if (AdviceErrors.adviceErrors() != adviceErrors) {
      clues.append("\n  advice failed: ").append(AdviceErrors.lastError());
    }
    if (AdviceErrors.failedLinks() != failedLinks) {
      clues.append("\n  a link failed: ").append(AdviceErrors.lastFailedLink());
    }
    for (AgentTransformer each : List.of(transformer, installedWithOptions)) {
      if (each.counts().classesFailed() > 0) {
        clues.append("\n  a class was not woven: ").append(each.counts().lastFailure());
      }
    }
    for (String rule : UnmatchedRules.of(known, loadedClasses.get())) {
      clues.append("\n  a rule matched no method: ").append(rule);
    }
    return clues.length() > 0 ? clues.toString() : "\n  no advice, link or rule failed";
  }

  /** Waits for one span and takes it. */
  public RecordedSpan takeOne() {
    return take(1).get(0);
  }

  /** Takes what has ended by now, however many there are. */
  public List<RecordedSpan> takeAll() {
    List<RecordedSpan> taken = new ArrayList<>();
    ended.drainTo(taken);
    return taken;
  }

  /** Sampled spans that have started and not ended. */
  public long live() {
    return counters.live();
  }

  /** Those of them that wait on no thread. */
  public long parked() {
    return counters.parked();
  }

  /** Sampled spans that have started, ended or not. */
  public long started() {
    return counters.started();
  }

  /** Spans that were started without being sampled. */
  public long notSampled() {
    return counters.notSampled();
  }

  /** Runs something inside a span of kind SERVER, which is returned; it must be taken too. */
  public Span inSpan(String name, Runnable body) {
    Span span = new NamedSpan(name, SpanKind.SERVER);
    Tracer tracer = Tracer.installed();
    tracer.start(span);
    Context.enter(span);
    try {
      body.run();
    } finally {
      Context.exit(span);
      tracer.end(span);
    }
    return span;
  }

  private static RecordedSpan valid(Span span) {
    RecordedSpan recorded = new RecordedSpan(span);
    assertThat(span.sampled()).isTrue();
    assertThat(span.name()).isNotEmpty();
    assertThat(span.spanId()).isNotZero();
    assertThat(span.traceIdHigh() | span.traceIdLow()).isNotZero();
    assertThat(span.durationNanos()).isNotNegative();
    SpanException exception = span.exception();
    if (exception != null) {
      assertThat(exception.type()).isNotEmpty();
    }
    return recorded;
  }
}
