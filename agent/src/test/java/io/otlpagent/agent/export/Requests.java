package io.otlpagent.agent.export;

import io.otlpagent.agent.export.otlp.AttributeLimits;
import io.otlpagent.agent.export.otlp.OtlpRequest;
import io.otlpagent.agent.export.otlp.OtlpSignal;
import io.otlpagent.agent.export.otlp.TraceRequestEncoder;
import io.otlpagent.agent.export.transport.AttemptDeadline;
import io.otlpagent.agent.export.transport.ExportResult;
import io.otlpagent.agent.export.transport.OtlpSender;
import io.otlpagent.agent.export.transport.ShutdownBudget;
import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Encoded requests, and the way to send one. */
public final class Requests {

  private Requests() {}

  public static byte[] of(int spans) {
    TraceRequestEncoder encoder =
        new TraceRequestEncoder(Resource.EMPTY, "1.2.3", AttributeLimits.DEFAULT, 1 << 24);
    Span[] all =
        IntStream.range(0, spans).mapToObj(i -> new TestSpan("span " + i)).toArray(Span[]::new);
    encoder.encode(all, 0, spans);
    return Arrays.copyOf(encoder.array(), encoder.length());
  }

  public static ExportResult send(OtlpSender sender, int spans) {
    return send(sender, spans, 60_000);
  }

  public static ExportResult send(OtlpSender sender, int spans, long timeoutMillis) {
    byte[] request = of(spans);
    return sender.send(
        new OtlpRequest(OtlpSignal.TRACES, request, request.length), deadline(timeoutMillis));
  }

  public static AttemptDeadline deadline(long timeoutMillis) {
    return new AttemptDeadline(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), new ShutdownBudget());
  }
}
