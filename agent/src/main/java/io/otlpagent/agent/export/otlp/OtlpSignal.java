package io.otlpagent.agent.export.otlp;

/** What a request holds. */
public enum OtlpSignal {
  TRACES("/v1/traces"),
  METRICS("/v1/metrics");

  private final String httpPath;

  OtlpSignal(String httpPath) {
    this.httpPath = httpPath;
  }

  /** The path of its requests over HTTP, below that of the collector. */
  public String httpPath() {
    return httpPath;
  }

  /** Its request; the first call reads the whole schema. */
  public OtlpMessage request() {
    return this == TRACES ? OtlpMessage.TRACES : OtlpMessage.METRICS;
  }
}
