package io.otlpagent.instrumentation.transform;

import io.otlpagent.instrumentation.MethodAdvice;
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

  /**
   * @param plugin the package of the advice class
   * @param advice its simple name
   * @param before as {@link MethodAdvice#before} has it
   */
  WovenMethod(
      String name,
      String descriptor,
      String plugin,
      String advice,
      AdviceMethods methods,
      @Nullable String before) {
    this.name = name;
    this.descriptor = descriptor;
    this.plugin = plugin;
    this.advice = advice;
    this.methods = methods;
    this.before = before;
  }
}
