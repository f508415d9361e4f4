package io.otlpagent.smoke.benchmark;

/** What the shop is run with. */
enum Variant {
  NONE("no agent"),
  OTLP_AGENT("otlp-agent"),
  OPENTELEMETRY("OpenTelemetry");

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
