package io.otlpagent.agent.export;

import io.otlpagent.agent.resource.Resource;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Encoded requests, and the way to send one. */
final class Requests {

  private Requests() {}

  static byte[] of(int spans) {
    TraceRequestEncoder encoder =
        new TraceRequestEncoder(Resource.EMPTY, "1.2.3", AttributeLimits.DEFAULT, 1 << 24);
    Span[] all =
        IntStream.range(0, spans).mapToObj(i -> new TestSpan("span " + i)).toArray(Span[]::new);
    encoder.encode(all, 0, spans);
    return Arrays.copyOf(encoder.array(), encoder.length());
  }

  static ExportResult send(SpanSender sender, int spans) {
    return send(sender, spans, 60_000);
  }

  static ExportResult send(SpanSender sender, int spans, long timeoutMillis) {
    byte[] request = of(spans);
    return sender.send(request, request.length, deadline(timeoutMillis));
  }

  static AttemptDeadline deadline(long timeoutMillis) {
    return new AttemptDeadline(TimeUnit.MILLISECONDS.toNanos(timeoutMillis), new ShutdownBudget());
  }
}
