package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.transform.TypeHierarchy.Answer;
import io.otlpagent.instrumentation.transform.classfile.ClassHeader;
import io.otlpagent.instrumentation.transform.classfile.Prefilter;
import io.otlpagent.instrumentation.util.Supertypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All rules of the enabled modules, arranged for look-up. Immutable but for the advice cache. */
final class RuleSet {

  /** One method of one rule. */
  private static final class Rule {

    final String typeName;
    final String plugin;
    final MethodAdvice method;

    Rule(String typeName, String plugin, MethodAdvice method) {
      this.typeName = typeName;
      this.plugin = plugin;
      this.method = method;
    }
  }

  private final ClassLoader agent;
  private final Map<String, List<Rule>> exact = new HashMap<>();
  private final List<Rule> hierarchy = new ArrayList<>();
  // By the binary name of the type at the top.
  private final Map<String, Set<String>> hierarchyPlugins = new HashMap<>();
  private final Map<String, List<Rule>> companions = new HashMap<>();
  private final Prefilter prefilter = new Prefilter();
  private final Map<String, AdviceMethods> advice = new ConcurrentHashMap<>();

  /**
   * @param options the settings by which somebody asks for more than is woven otherwise
   */
  RuleSet(List<InstrumentationModule> modules, Set<String> options, ClassLoader agent) {
    this.agent = agent;
    for (InstrumentationModule module : modules) {
      String plugin = module.plugin();
      for (TypeInstrumentation type : module.types()) {
        add(type, plugin, options);
      }
    }
  }

  private void add(TypeInstrumentation type, String plugin, Set<String> options) {
    String typeName = type.typeName().replace('.', '/');
    for (MethodAdvice method : type.methods()) {
      if (!method.applies(options)) {
        continue;
      }
      Rule rule = new Rule(typeName, plugin, method);
      if (!type.hierarchy()) {
        add(exact, rule);
      } else if (method.isCompanion()) {
        add(companions, rule);
      } else {
        hierarchy.add(rule);
        Set<String> plugins = hierarchyPlugins.get(type.typeName());
        if (plugins == null) {
          plugins = new HashSet<>();
          hierarchyPlugins.put(type.typeName(), plugins);
        }
        plugins.add(plugin);
        prefilter.add(method.method(), method.descriptor());
      }
    }
  }

  private static void add(Map<String, List<Rule>> rulesByType, Rule rule) {
    List<Rule> rules = rulesByType.get(rule.typeName);
    if (rules == null) {
      rules = new ArrayList<>();
      rulesByType.put(rule.typeName, rules);
    }
    rules.add(rule);
  }

  /**
   * The methods to weave in a class that is being defined or retransformed.
   *
   * @param loaded the class itself if it has been loaded; null if it is being defined
   */
  List<WovenMethod> match(
      @Nullable ClassLoader loader, String name, @Nullable Class<?> loaded, byte[] classFile) {
    List<Rule> rules = exact.get(name);
    List<WovenMethod> methods = Collections.emptyList();
    if (rules != null) {
      methods = new ArrayList<>(rules.size());
      for (Rule rule : rules) {
        methods.add(woven(rule, null));
      }
    }
    if (loader == null || IgnoredTypes.ignored(name)) {
      return methods;
    }
    int[] candidates = prefilter.candidates(classFile);
    return candidates.length == 0 ? methods : addSubtypes(methods, candidates, loaded, classFile);
  }

  private List<WovenMethod> addSubtypes(
      List<WovenMethod> found, int[] candidates, @Nullable Class<?> loaded, byte[] classFile) {
    ClassHeader header = ClassHeader.read(classFile);
    if (header == null || header.isInterface()) {
      return found;
    }
    List<WovenMethod> certain = new ArrayList<>(found);
    // Behind the others: of two rules for one method the first is woven.
    List<WovenMethod> open = new ArrayList<>();
    Map<String, Answer> answers = new HashMap<>();
    Set<String> above = loaded == null ? null : names(Supertypes.of(loaded));
    Set<String> begun = new HashSet<>();
    for (int candidate : candidates) {
      Rule rule = hierarchy.get(candidate);
      Answer answer = answers.get(rule.typeName);
      if (answer == null) {
        answer = isSubtype(header, above, rule.typeName);
        answers.put(rule.typeName, answer);
      }
      // Many classes that are asked about only call such a method.
      if (answer == Answer.YES
          || (answer == Answer.OPEN
              && header.declares(rule.method.method(), rule.method.descriptor()))) {
        String condition = answer == Answer.OPEN ? rule.typeName.replace('/', '.') : null;
        List<WovenMethod> methods = condition == null ? certain : open;
        if (begun.add(rule.typeName)) {
          addCompanions(methods, rule.typeName, condition);
        }
        methods.add(woven(rule, condition));
      }
    }
    certain.addAll(open);
    return certain;
  }

  private static Answer isSubtype(
      ClassHeader header, @Nullable Set<String> above, String typeName) {
    if (above == null) {
      return TypeHierarchy.isSubtype(header, typeName);
    }
    return above.contains(typeName.replace('/', '.')) ? Answer.YES : Answer.NO;
  }

  private static Set<String> names(Set<Class<?>> types) {
    Set<String> names = new HashSet<>();
    for (Class<?> type : types) {
      names.add(type.getName());
    }
    return names;
  }

  private void addCompanions(
      List<WovenMethod> methods, String typeName, @Nullable String condition) {
    List<Rule> rules = companions.get(typeName);
    if (rules != null) {
      for (Rule rule : rules) {
        methods.add(woven(rule, condition));
      }
    }
  }

  private WovenMethod woven(Rule rule, @Nullable String condition) {
    String name = rule.plugin + "." + rule.method.advice();
    AdviceMethods methods = advice.get(name);
    if (methods == null) {
      byte[] bytes = PluginClasses.read(agent, name);
      if (bytes == null) {
        throw new IllegalStateException("advice class " + name + " is missing");
      }
      methods = AdviceMethods.read(bytes);
      advice.put(name, methods);
    }
    return new WovenMethod(rule.method, rule.plugin, methods, condition);
  }

  /** Whether a rule names this class itself. */
  boolean names(String internalName) {
    return exact.containsKey(internalName);
  }

  /** The plugins that a class concerns which was loaded before us. */
  Set<String> plugins(Class<?> loaded) {
    Set<String> plugins = new LinkedHashSet<>();
    List<Rule> rules = exact.get(loaded.getName().replace('.', '/'));
    if (rules != null) {
      for (Rule rule : rules) {
        plugins.add(rule.plugin);
      }
    }
    for (Class<?> above : Supertypes.of(loaded)) {
      Set<String> of = hierarchyPlugins.get(above.getName());
      if (of != null) {
        plugins.addAll(of);
      }
    }
    return plugins;
  }

  /** Whether a class that was loaded before us may match, judged by name and hierarchy. */
  boolean mayMatch(Class<?> loaded) {
    String name = loaded.getName();
    if (exact.containsKey(name.replace('.', '/'))) {
      return true;
    }
    if (loaded.getClassLoader() == null
        || loaded.isInterface()
        || IgnoredTypes.ignored(name.replace('.', '/'))) {
      return false;
    }
    for (Class<?> above : Supertypes.of(loaded)) {
      if (hierarchyPlugins.containsKey(above.getName())) {
        return true;
      }
    }
    return false;
  }
}
