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
              "it took the requests and refused some of their spans; the log has its message",
              "check the collector's log"));
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
        "check sampling (OTEL_TRACES_SAMPLER), and the caller's decision");
  }

  static String why(DropReason reason) {
    switch (reason) {
      case QUEUE_FULL:
        return "spans arrived faster than the collector accepted them";
      case TOO_LARGE:
        return "a single span exceeded the maximum size of a request";
      case PERMANENT_ERROR:
        return "the collector rejected them permanently";
      case RETRIES_EXHAUSTED:
        return "the collector was unreachable or failed for longer than the agent retries";
      case SHUTDOWN:
        return "the JVM ended before they could be sent";
      case HOLD_FULL:
        return "there was no room to hold them until their traces were found to be worth keeping";
      case BUFFER_FULL:
        return "the disk buffer reached buffer.max_bytes while the collector was unreachable";
      case BUFFER_EXPIRED:
        return "they were on disk for longer than buffer.max_age";
      case BUFFER_CORRUPT:
        return "files of the disk buffer were damaged or removed";
      case SWITCHED_OFF:
        return "the agent was disabled before they were sent";
      default:
        return "the agent itself failed; its log has the error";
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
        return "make sure that nothing else writes to buffer.dir, and check the disk";
      default:
        return "";
    }
  }
}
