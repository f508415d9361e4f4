package io.otlpagent.agent.export.transport;

import io.otlpagent.agent.export.otlp.OtlpRequest;

/** Carries encoded requests to one collector. Used by the exporter thread only. */
public interface OtlpSender {

  /**
   * Sends one request and waits for the answer. Its array is the caller's again when this returns.
   *
   * @param deadline may come closer while this waits, and the thread is then unparked
   */
  ExportResult send(OtlpRequest request, AttemptDeadline deadline);

  /** How many connections to the collector are up. May be called by any thread. */
  int activeConnections();

  /** Where this sends to, for the log; without credentials. */
  String description();

  /**
   * Closes connections that have a thread wait for them: the JVM's exit takes 0.3 s more while a
   * thread is in native code. What is sent yet connects again. May be called by any thread.
   */
  default void disconnect() {}

  /** Frees connections and threads; may be called again. */
  void close();
}
