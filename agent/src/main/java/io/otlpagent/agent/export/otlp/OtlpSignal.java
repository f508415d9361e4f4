package io.otlpagent.agent.export.otlp;

/** What a request holds. */
public enum OtlpSignal {
  TRACES,
  METRICS;

  /** Its request; the first call reads the whole schema. */
  public OtlpMessage request() {
    return this == TRACES ? OtlpMessage.TRACES : OtlpMessage.METRICS;
  }
}
