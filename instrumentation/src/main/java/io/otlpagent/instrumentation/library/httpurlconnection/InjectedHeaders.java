package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.trace.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trace's headers among those of a request, there only while it is written: the application,
 * which may read the headers at any other time, finds them as it left them.
 */
final class InjectedHeaders {

  private static final TextMapSetter<InjectedHeaders> SETTER = new Setter();

  private final Object headers;
  private final List<String> names = new ArrayList<>(3);

  // All headers, if the application has set some of ours: it may have added two values of one.
  private @Nullable List<@Nullable String> original;
  private int setBefore;

  /**
   * @param headers those of a request, as the application left them
   */
  InjectedHeaders(Object headers) {
    this.headers = headers;
  }

  void put(Span span) {
    Propagation.inject(span, this, SETTER);
  }

  static void remove(@Nullable Object injected) {
    if (injected != null) {
      ((InjectedHeaders) injected).restore();
    }
  }

  void restore() {
    int added = names.size();
    if (original != null) {
      SunClasses.restore(headers, original);
      added = setBefore;
    }
    for (int i = 0; i < added; i++) {
      SunClasses.remove(headers, names.get(i));
    }
  }

  /** Takes out all values of a header, of a trace that is not this one. */
  private void leaveOut(String name) {
    if (SunClasses.has(headers, name)) {
      if (original == null && !names.contains(name)) {
        original = SunClasses.copy(headers);
        setBefore = names.size();
      }
      SunClasses.remove(headers, name);
    }
  }

  private static final class Setter implements TextMapSetter<InjectedHeaders> {

    @Override
    public void set(InjectedHeaders injected, String name, String value) {
      injected.leaveOut(name);
      injected.names.add(name);
      SunClasses.set(injected.headers, name, value);
    }

    @Override
    public void leaveOut(InjectedHeaders injected, String name) {
      injected.leaveOut(name);
    }
  }
}
