package io.otlpagent.agent.doctor;

import io.otlpagent.agent.config.AgentConfig;
import io.otlpagent.agent.export.queue.DropReason;
import io.otlpagent.agent.export.queue.SpanLedger;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.trace.UnsampledRequests;
import java.util.Collections;
import java.util.List;

/** What the count of spans tells. Stateless. */
final class SpanFindings {

  private SpanFindings() {}

  static void add(SpanLedger ledger, AgentConfig config, List<Finding> findings) {
    for (DropReason reason : DropReason.values()) {
      long count = ledger.dropped(reason);
      if (count > 0) {
        String what =
            count + (count == 1 ? " span was" : " spans were") + " lost: " + reason.label();
        findings.add(
            reason == DropReason.SWITCHED_OFF
                ? Finding.info(what, why(reason), fix(reason))
                : Finding.warning(what, why(reason), fix(reason)));
      }
    }
    if (ledger.rejected() > 0) {
      findings.add(
          Finding.warning(
              "the collector rejected " + ledger.rejected() + " spans",
              "it took the requests and refused some of their spans; its message is in the log",
              "look into the collector's log"));
    }
    if (ledger.started() == 0) {
      findings.add(nothingStarted(config));
    }
  }

  private static Finding nothingStarted(AgentConfig config) {
    String sampler = config.tracing().sampler().description();
    Tracer tracer = Tracer.ending();
    List<UnsampledRequests.Entry> unsampled =
        tracer == null
            ? Collections.<UnsampledRequests.Entry>emptyList()
            : tracer.unsampledRequests().entries();
    if (unsampled.isEmpty()) {
      return Finding.info(
          "no span has been started yet",
          "no request came to what is instrumented; the sampler is " + sampler,
          "");
    }
    return Finding.warning(
        "no request has been recorded",
        "the last one was not: " + unsampled.get(0) + "; the sampler is " + sampler,
        "look at sampling (OTEL_TRACES_SAMPLER), and at the caller's decision");
  }

  static String why(DropReason reason) {
    switch (reason) {
      case QUEUE_FULL:
        return "spans came faster than the collector took them";
      case TOO_LARGE:
        return "one span alone was more than a request may have";
      case PERMANENT_ERROR:
        return "the collector answered that it will never take them";
      case RETRIES_EXHAUSTED:
        return "the collector could not be reached, or took nothing, for longer than we retry";
      case SHUTDOWN:
        return "the JVM ended before they could be sent";
      case HOLD_FULL:
        return "there was no room to hold them until their traces were found to be worth keeping";
      case BUFFER_FULL:
        return "the buffer on disk reached its bound while the collector was away";
      case BUFFER_EXPIRED:
        return "they lay on disk for longer than the operator allows";
      case BUFFER_CORRUPT:
        return "files of the buffer on disk were damaged or removed";
      case SWITCHED_OFF:
        return "the agent was switched off while they were under way";
      default:
        return "the agent itself failed; its log says how";
    }
  }

  static String fix(DropReason reason) {
    switch (reason) {
      case QUEUE_FULL:
        return "raise batch.max_queue_size (OTEL_BSP_MAX_QUEUE_SIZE), or sample less"
            + " (OTEL_TRACES_SAMPLER=parentbased_traceidratio)";
      case TOO_LARGE:
        return "set limits.attribute_value_length (OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT)";
      case RETRIES_EXHAUSTED:
        return "see the collector above; otlp.retry says how long is retried";
      case HOLD_FULL:
        return "raise sampling.keep.max_spans, or sampling.keep.max_spans_per_trace";
      case BUFFER_FULL:
        return "raise buffer.max_bytes";
      case BUFFER_EXPIRED:
        return "raise buffer.max_age";
      case BUFFER_CORRUPT:
        return "let nobody else write to buffer.dir, and look at the disk";
      default:
        return "";
    }
  }
}
