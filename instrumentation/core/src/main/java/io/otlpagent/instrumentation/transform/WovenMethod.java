package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.indy.AdviceLinker;
import org.jspecify.annotations.Nullable;

/** A method to weave, with what its advice asks for. Immutable. */
final class WovenMethod {

  final String name;
  final String descriptor;
  final String plugin;
  final String advice;
  final AdviceMethods methods;

  /** The call before which the method is entered; null for its first instruction. */
  final @Nullable String before;

  /** Whether the exit advice is called only where the method throws. */
  final boolean failuresOnly;

  /** The binary name of what the class must turn out to be a subtype of; null if it is known. */
  final @Nullable String condition;

  /**
   * @param rule the method, and the simple name of its advice class
   * @param plugin the package of the advice class
   * @param condition null in a class that is known to match
   */
  WovenMethod(MethodAdvice rule, String plugin, AdviceMethods methods, @Nullable String condition) {
    this.name = rule.method();
    this.descriptor = rule.descriptor();
    this.plugin = plugin;
    this.advice = rule.advice();
    this.methods = methods;
    this.before = rule.before();
    this.failuresOnly = rule.failuresOnly();
    this.condition = condition;
  }

  /** What a woven call names: the advice class, and the condition if there is one. */
  String linked() {
    return condition == null ? advice : advice + AdviceLinker.IF_SUBTYPE_OF + condition;
  }
}
