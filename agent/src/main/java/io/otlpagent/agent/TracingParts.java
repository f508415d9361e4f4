package io.otlpagent.agent;

import io.otlpagent.agent.export.queue.DropCounters;
import io.otlpagent.agent.export.queue.ExporterAlarm;
import io.otlpagent.agent.export.queue.SpanQueue;
import io.otlpagent.instrumentation.trace.SpanCounters;
import io.otlpagent.instrumentation.trace.TimeSource;

/** What exists from the first span on, before there is an exporter. Immutable. */
final class TracingParts {

  final SpanQueue queue;
  final SpanCounters counters;
  final DropCounters drops;
  final ExporterAlarm alarm;
  final TimeSource time;

  TracingParts(
      SpanQueue queue,
      SpanCounters counters,
      DropCounters drops,
      ExporterAlarm alarm,
      TimeSource time) {
    this.queue = queue;
    this.counters = counters;
    this.drops = drops;
    this.alarm = alarm;
    this.time = time;
  }
}
