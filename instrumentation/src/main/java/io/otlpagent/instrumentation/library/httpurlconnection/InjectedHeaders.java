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

  private static final TextMapSetter<InjectedHeaders> SETTER = InjectedHeaders::set;

  private final Object headers;
  private final List<@Nullable String> namesAndReplaced = new ArrayList<>(6);

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

  private void set(String name, String value) {
    String replaced = SunClasses.find(headers, name);
    namesAndReplaced.add(name);
    namesAndReplaced.add(replaced);
    SunClasses.set(headers, name, value);
  }

  void restore() {
    // Backwards: a name that was set twice has the application's value first.
    for (int i = namesAndReplaced.size() - 2; i >= 0; i -= 2) {
      String name = namesAndReplaced.get(i);
      String replaced = namesAndReplaced.get(i + 1);
      if (name != null && replaced != null) {
        SunClasses.set(headers, name, replaced);
      } else if (name != null) {
        SunClasses.remove(headers, name);
      }
    }
  }
}
