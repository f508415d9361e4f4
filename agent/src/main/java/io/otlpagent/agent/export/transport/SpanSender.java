package io.otlpagent.agent.export.transport;

/** Carries encoded requests to one collector. Used by the exporter thread only. */
public interface SpanSender {

  /**
   * Sends one {@code ExportTraceServiceRequest} and waits for the answer. The array is the caller's
   * again when this returns.
   *
   * @param deadline may come closer while this waits, and the thread is then unparked
   */
  ExportResult send(byte[] request, int length, AttemptDeadline deadline);

  /** How many connections to the collector are up. May be called by any thread. */
  int activeConnections();

  /** Where this sends to, for the log; without credentials. */
  String description();

  /**
   * What sends metrics over the same connection; closing one closes both.
   *
   * @param httpPath where they go if this speaks HTTP
   */
  default SpanSender metrics(String httpPath) {
    return this;
  }

  /**
   * Closes connections that have a thread wait for them: the JVM's exit takes 0.3 s more while a
   * thread is in native code. What is sent yet connects again. May be called by any thread.
   */
  default void disconnect() {}

  /** Frees connections and threads. */
  void close();
}
