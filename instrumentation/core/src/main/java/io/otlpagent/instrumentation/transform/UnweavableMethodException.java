package io.otlpagent.instrumentation.transform;

/** One method cannot be woven; the others of its class can. Caught by {@link AsmWeaver}. */
final class UnweavableMethodException extends RuntimeException {

  final WovenMethod method;

  /**
   * @param reason what the method is or lacks
   */
  UnweavableMethodException(WovenMethod method, String reason) {
    super(method.name + method.descriptor + " " + reason, null, false, false);
    this.method = method;
  }
}
