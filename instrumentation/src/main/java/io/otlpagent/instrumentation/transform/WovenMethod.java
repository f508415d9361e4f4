package io.otlpagent.instrumentation.transform;

/** A method to weave, with what its advice asks for. Immutable. */
final class WovenMethod {

  final String name;
  final String descriptor;
  final String plugin;
  final String advice;
  final AdviceMethods methods;

  /**
   * @param plugin the package of the advice class
   * @param advice its simple name
   */
  WovenMethod(String name, String descriptor, String plugin, String advice, AdviceMethods methods) {
    this.name = name;
    this.descriptor = descriptor;
    this.plugin = plugin;
    this.advice = advice;
    this.methods = methods;
  }
}
