package io.otlpagent.instrumentation.indy;

/** A plugin stays out of an application class loader. Caught by the dispatcher. */
final class PluginRefusedException extends RuntimeException {

  PluginRefusedException(String message, Throwable cause) {
    super(message, cause, false, false);
  }
}
