package io.otlpagent.agent.export;

/** Why a span was given up. */
public enum DropReason {
  QUEUE_FULL("queue_full"),
  TOO_LARGE("too_large"),
  PERMANENT_ERROR("permanent_error"),
  RETRIES_EXHAUSTED("retries_exhausted"),
  SHUTDOWN("shutdown"),
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
