package io.otlpagent.agent.export.queue;

/** Why a span was given up. */
public enum DropReason {
  QUEUE_FULL("queue_full"),
  /** There was no room to hold a span of a trace that was kept in the end. */
  HOLD_FULL("hold_full"),
  TOO_LARGE("too_large"),
  PERMANENT_ERROR("permanent_error"),
  RETRIES_EXHAUSTED("retries_exhausted"),
  SHUTDOWN("shutdown"),
  /** The disk buffer reached its bound, and newer spans took the place of the oldest. */
  BUFFER_FULL("buffer_full"),
  /** Kept on disk for longer than allowed. */
  BUFFER_EXPIRED("buffer_expired"),
  /** The file on disk was damaged or removed. */
  BUFFER_CORRUPT("buffer_corrupt"),
  /** The operator has switched the agent off while the application runs. */
  SWITCHED_OFF("switched_off"),
  /** Reading a span failed, or the exporter itself did. */
  INTERNAL_ERROR("internal_error");

  private final String label;

  DropReason(String label) {
    this.label = label;
  }

  /** How metrics and log lines name the reason. */
  public String label() {
    return label;
  }
}
