package io.otlpagent.instrumentation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.testing.NamedSpan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextTest {

  private final Span span = new NamedSpan("span", SpanKind.SERVER);
  private final Span inner = new NamedSpan("inner", SpanKind.CLIENT);

  @AfterEach
  void leave() {
    Context.swap(null);
  }

  @Test
  void spanIsItsOwnEntry() {
    Context.enter(span);

    assertThat(Context.entry()).isSameAs(span);
    assertThat(span.span()).isSameAs(span);
  }

  @Test
  void spanOfAnEntryThatCarriesMoreIsCurrent() {
    Context.swap(new Baggage(span, "user=1"));

    assertThat(Context.current()).isSameAs(span);
  }

  @Test
  void entryWithoutSpanIsOutsideAnyTrace() {
    ContextEntry baggage = new Baggage(null, "user=1");

    Context.swap(baggage);

    assertThat(Context.current()).isNull();
    assertThat(Context.entry()).isSameAs(baggage);
    assertThat(Context.entered()).isEmpty();
  }

  @Test
  void swapReturnsTheWholeEntry() {
    ContextEntry baggage = new Baggage(span, "user=1");
    Context.swap(baggage);

    assertThat(Context.swap(inner)).isSameAs(baggage);
    assertThat(Context.swap(baggage)).isSameAs(inner);
  }

  @Test
  void exitPutsTheWholeEntryBack() {
    ContextEntry baggage = new Baggage(span, "user=1");
    Context.swap(baggage);

    Context.enter(inner);
    assertThat(Context.current()).isSameAs(inner);
    Context.exit(inner);

    assertThat(Context.entry()).isSameAs(baggage);
  }

  @Test
  void spanWithinAnEntryHasBeenEntered() {
    Context.enter(span);
    Context.swap(new Baggage(span, "user=1"));
    Context.enter(inner);

    assertThat(Context.entered()).containsExactly(inner, span);
  }

  private record Baggage(Span span, String header) implements ContextEntry {}
}
