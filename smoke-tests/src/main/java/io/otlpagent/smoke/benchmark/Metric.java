package io.otlpagent.smoke.benchmark;

/** A row of the table. */
enum Metric {
  TIME_TO_200("time to first 200 (s)", 2, true),
  CPU_AT_200("CPU until then (s)", 2, true),
  RSS("RSS after GC (MiB)", 1, true),
  CLASSES("loaded classes", 0, true),
  METASPACE("metaspace (MiB)", 1, true),

  CPU_PER_REQUEST("CPU without JIT, a request (µs)", 1, true),
  APPLICATION_CPU("of this, on the threads of requests", 1, true),
  JIT_CPU("CPU of the JIT during the load (s)", 2, false),
  BYTES_PER_REQUEST("allocated, a request (bytes)", 0, true),
  REQUESTS_PER_SECOND("requests a second", 0, false),
  SPANS_MADE("spans made, a request", 2, false),
  SPANS_DELIVERED("spans delivered, a request", 2, false),
  SPANS_DROPPED("spans dropped, a request", 2, false),
  DROPS_REPORTED("of these, reported by the agent", 2, false),

  CLASSES_FROM_ARCHIVE("classes from the archive", 0, false);

  private final String title;
  private final int decimals;
  private final boolean cost;

  Metric(String title, int decimals, boolean cost) {
    this.title = title;
    this.decimals = decimals;
    this.cost = cost;
  }

  int decimals() {
    return decimals;
  }

  /** Whether it is a cost: what an agent adds to it is of interest. */
  boolean isCost() {
    return cost;
  }

  @Override
  public String toString() {
    return title;
  }
}
