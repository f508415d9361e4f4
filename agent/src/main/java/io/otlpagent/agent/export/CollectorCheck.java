package io.otlpagent.agent.export;

/** Asks a collector with a request that has no spans in it, which every collector accepts. */
public final class CollectorCheck {

  private CollectorCheck() {}

  /**
   * What the collector answers: whether address, protocol, TLS and credentials are right.
   *
   * @param sender used by nobody else at this time
   */
  public static ExportResult ask(SpanSender sender, long timeoutNanos) {
    return sender.send(new byte[0], 0, new AttemptDeadline(timeoutNanos, new ShutdownBudget()));
  }
}
