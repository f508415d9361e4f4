package io.otlpagent.instrumentation.trace;

import io.otlpagent.instrumentation.trace.exception.SpanException;
import org.jspecify.annotations.Nullable;

/** The exception of a span, which most spans have none of. Belongs to whom the span belongs to. */
final class RecordedException {

  final SpanException thrown;

  /** Whether its message is that of the span's status. */
  boolean failedBy;

  /** Written by whoever asks first, which is the exporter thread. */
  @Nullable SpanException shown;

  RecordedException(SpanException thrown) {
    this.thrown = thrown;
  }
}
