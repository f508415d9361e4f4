package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.OldCallSites;
import io.otlpagent.instrumentation.util.Privileged;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that the JVM loads and weaves those that a rule matches. Runs on the loading
 * thread; whatever goes wrong, the class is loaded as it is.
 */
public final class AgentTransformer implements ClassFileTransformer {

  private final RuleSet rules;
  private final ExcludedTypes excluded;
  private final Weaver weaver;
  private final TransformCounts counts = new TransformCounts();

  /** What became of classes that the JVM may yet refuse. Only the installing thread uses it. */
  private final Map<Class<?>, Outcome> offered = new HashMap<>();

  private volatile @Nullable Thread installing;

  /** Weaves every class that a module wants woven without being asked for. */
  public AgentTransformer(
      List<InstrumentationModule> modules, ClassLoader agent, OldCallSites oldCallSites) {
    this(modules, Collections.emptySet(), agent, oldCallSites, ExcludedTypes.NONE);
  }

  /**
   * @param options the settings by which somebody asks for more than is woven otherwise
   * @param agent the loader that has the advice classes as resources
   */
  public AgentTransformer(
      List<InstrumentationModule> modules,
      Set<String> options,
      ClassLoader agent,
      OldCallSites oldCallSites,
      ExcludedTypes excluded) {
    this.excluded = excluded;
    this.rules = new RuleSet(modules, options, agent);
    this.weaver = new AsmWeaver(oldCallSites);
  }

  public TransformCounts counts() {
    return counts;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> classBeingRedefined,
      @Nullable ProtectionDomain protectionDomain,
      byte[] classFile) {
    if (className == null) {
      return null;
    }
    if (!Privileged.needed()) {
      return woven(loader, className, classBeingRedefined, classFile);
    }
    return Privileged.get(
        new PrivilegedAction<byte @Nullable []>() {
          @Override
          public byte @Nullable [] run() {
            return woven(loader, className, classBeingRedefined, classFile);
          }
        });
  }

  private byte @Nullable [] woven(
      @Nullable ClassLoader loader,
      String className,
      @Nullable Class<?> classBeingRedefined,
      byte[] classFile) {
    if (excluded.definedBy(loader)) {
      return null;
    }
    long start = counts.start();
    List<WovenMethod> methods = Collections.emptyList();
    try {
      methods = rules.match(loader, className, classBeingRedefined, classFile);
      if (methods.isEmpty() || excluded.contains(className)) {
        return null;
      }
      List<UnweavableMethodException> unwoven = new ArrayList<>(0);
      byte[] woven = weaver.weave(loader, classFile, methods, unwoven);
      if (woven != null) {
        counts.took(className, start);
      }
      if (woven != null || !unwoven.isEmpty() || rules.names(className)) {
        count(new Outcome(className, methods, woven != null, unwoven), classBeingRedefined);
      }
      return woven;
    } catch (Throwable e) {
      count(new Outcome(className, methods, e), classBeingRedefined);
      return null;
    }
  }

  private void count(Outcome outcome, @Nullable Class<?> loaded) {
    if (loaded != null && Thread.currentThread() == installing) {
      offered.put(loaded, outcome);
    } else if (loaded == null || !outcome.woven) {
      // A class that somebody else has retransformed was counted as woven before.
      outcome.count(counts, false);
    }
  }

  /**
   * Starts to see classes, and weaves those that were loaded before: the JDK's own, and those that
   * an AOT cache linked before the agent started.
   */
  public void install(Instrumentation instrumentation) {
    instrumentation.addTransformer(this, true);
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (!type.isArray() && !type.isPrimitive() && mayMatch(type) && !excluded.contains(type)) {
        if (instrumentation.isModifiableClass(type)) {
          loaded.add(type);
        } else {
          counts.unmodifiable(rules.plugins(type), type.getName());
        }
      }
    }
    installing = Thread.currentThread();
    retransform(instrumentation, loaded);
    installing = null;
  }

  private boolean mayMatch(Class<?> type) {
    try {
      return rules.mayMatch(type);
    } catch (LinkageError e) {
      // A class whose supertypes are broken cannot be in use.
      return false;
    }
  }

  private void retransform(Instrumentation instrumentation, List<Class<?>> types) {
    if (types.isEmpty()) {
      return;
    }
    offered.clear();
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
      for (Outcome outcome : offered.values()) {
        outcome.count(counts, true);
      }
    } catch (Throwable e) {
      // Another agent has made something of a class that the JVM refuses, which is an Error.
      refused(instrumentation, types, e);
    } finally {
      offered.clear();
    }
  }

  private void refused(Instrumentation instrumentation, List<Class<?>> types, Throwable reason) {
    if (types.size() == 1) {
      Class<?> type = types.get(0);
      counts.refused(rules.plugins(type), type.getName(), reason);
      return;
    }
    // One class spoils the batch: go on with halves.
    int middle = types.size() / 2;
    retransform(instrumentation, types.subList(0, middle));
    retransform(instrumentation, types.subList(middle, types.size()));
  }

  /** What became of one class. A class of a batch that is refused is looked at several times. */
  private static final class Outcome {

    final boolean woven;
    private final String className;
    private final List<WovenMethod> methods;
    private final List<WovenMethod> failed;
    private final @Nullable String reason;

    Outcome(String className, List<WovenMethod> methods, Throwable failure) {
      this.className = className;
      this.methods = methods;
      this.woven = false;
      this.failed = methods;
      this.reason = failure.toString();
    }

    Outcome(
        String className,
        List<WovenMethod> methods,
        boolean woven,
        List<UnweavableMethodException> unwoven) {
      this.className = className;
      this.methods = methods;
      this.woven = woven;
      this.failed = new ArrayList<>(unwoven.size());
      for (UnweavableMethodException e : unwoven) {
        failed.add(e.method);
      }
      this.reason = unwoven.isEmpty() ? null : unwoven.get(0).getMessage();
    }

    void count(TransformCounts counts, boolean loadedBefore) {
      if (woven) {
        counts.woven(methods, loadedBefore);
      }
      if (reason != null) {
        counts.failed(failed, className, reason);
      } else if (!woven) {
        counts.unlike(methods, className);
      }
    }
  }
}
