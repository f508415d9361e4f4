package io.otlpagent.agent.export;

/** What a request holds. */
enum OtlpSignal {
  TRACES,
  METRICS;

  /** Its request; the first call reads the whole schema. */
  OtlpMessage request() {
    return this == TRACES ? OtlpMessage.TRACES : OtlpMessage.METRICS;
  }
}
