package io.otlpagent.agent.export.otlp;

import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of one scope neighbours, as a request has them; there are only a few scopes. The
 * array is used again and again. Used by the exporter thread.
 */
public final class SpansByScope {

  private Span[] sorted = new Span[0];

  /**
   * Takes the first spans out of an array.
   *
   * @return an array that begins with them
   */
  public Span[] sort(@Nullable Span[] spans, int count) {
    if (sorted.length < count) {
      sorted = new Span[spans.length];
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
      Span first = spans[i];
      if (first == null) {
        continue;
      }
      InstrumentationScope scope = first.scope();
      for (int j = i; j < count; j++) {
        Span span = spans[j];
        if (span != null && span.scope() == scope) {
          sorted[at++] = span;
          spans[j] = null;
        }
      }
    }
    return sorted;
  }

  /** Lets go of the spans. */
  public void clear(int count) {
    Arrays.fill(sorted, 0, count, null);
  }
}
