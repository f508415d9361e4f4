package io.otlpagent.instrumentation.indy;

/** A call stays unlinked for good, such as all of a plugin that does not fit its library. */
final class PluginRefusedException extends RuntimeException {

  PluginRefusedException(String message) {
    super(message, null, false, false);
  }
}
