package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.indy.OldCallSites;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
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

  /** Weaves every class that a module wants woven. */
  public AgentTransformer(
      List<InstrumentationModule> modules, ClassLoader agent, OldCallSites oldCallSites) {
    this(modules, agent, oldCallSites, ExcludedTypes.NONE);
  }

  /**
   * @param agent the loader that has the advice classes as resources
   */
  public AgentTransformer(
      List<InstrumentationModule> modules,
      ClassLoader agent,
      OldCallSites oldCallSites,
      ExcludedTypes excluded) {
    this.excluded = excluded;
    this.rules = new RuleSet(modules, agent);
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
    if (className == null || excluded.definedBy(loader)) {
      return null;
    }
    long start = counts.start();
    try {
      List<WovenMethod> methods = rules.match(loader, className, classBeingRedefined, classFile);
      if (methods.isEmpty() || excluded.contains(className)) {
        return null;
      }
      byte[] woven = weaver.weave(loader, classFile, methods);
      if (woven != null) {
        counts.woven(methods, classBeingRedefined != null);
        counts.took(className, start);
      } else if (rules.names(className)) {
        counts.unlike(methods, className);
      }
      return woven;
    } catch (Throwable e) {
      counts.failed(className, e);
      return null;
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
          counts.stuck(rules.plugins(type), type.getName(), "the JVM does not change such classes");
        }
      }
    }
    retransform(instrumentation, loaded);
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
    try {
      instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
      if (types.size() == 1) {
        Class<?> type = types.get(0);
        counts.failed(type.getName(), e);
        counts.stuck(rules.plugins(type), type.getName(), e.toString());
        return;
      }
      // One class spoils the batch: go on with halves.
      int middle = types.size() / 2;
      retransform(instrumentation, types.subList(0, middle));
      retransform(instrumentation, types.subList(middle, types.size()));
    }
  }
}
