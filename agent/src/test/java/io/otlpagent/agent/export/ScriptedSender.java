package io.otlpagent.agent.export;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Answers as it was told to, and with success otherwise; keeps what was accepted. */
public final class ScriptedSender implements OtlpSender {

  private final Queue<Supplier<ExportResult>> script = new ConcurrentLinkedQueue<>();
  private final List<Span> accepted = new CopyOnWriteArrayList<>();
  private volatile Supplier<ExportResult> always = ExportResult::success;
  private volatile int attempts;
  private volatile boolean closed;

  public ScriptedSender next(Supplier<ExportResult> result) {
    script.add(result);
    return this;
  }

  public ScriptedSender always(Supplier<ExportResult> result) {
    always = result;
    return this;
  }

  /** The spans of the requests that were answered with success, whole or in part. */
  public List<Span> accepted() {
    return accepted;
  }

  public int attempts() {
    return attempts;
  }

  public boolean closed() {
    return closed;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread sends.
  public ExportResult send(OtlpRequest request, AttemptDeadline deadline) {
    attempts++;
    Supplier<ExportResult> scripted = script.poll();
    ExportResult result = (scripted == null ? always : scripted).get();
    if (result.isSuccess()) {
      accepted.addAll(parse(Arrays.copyOf(request.array(), request.length())));
    }
    return result;
  }

  private static List<Span> parse(byte[] request) {
    try {
      return ExportTraceServiceRequest.parseFrom(request)
          .getResourceSpans(0)
          .getScopeSpansList()
          .stream()
          .flatMap(scope -> scope.getSpansList().stream())
          .toList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int activeConnections() {
    return 1;
  }

  @Override
  public String description() {
    return "the test";
  }

  @Override
  public void close() {
    closed = true;
  }
}
