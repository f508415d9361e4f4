package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.propagation.TextMapSetter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The trace's headers among those of a request, there only while it is sent. Used by the thread
 * that sends it.
 */
final class InjectedHeaders<C> {

  private final C carrier;
  private final HeaderEditor<C> editor;

  // Of the headers that were set, in their order.
  private String[] names = new String[3];
  private int count;

  // All headers, if the application has set some of ours: it may have added two values of one.
  private @Nullable Object original;
  private int countBefore;

  InjectedHeaders(C carrier, HeaderEditor<C> editor) {
    this.carrier = carrier;
    this.editor = editor;
  }

  /** Sets headers of what it is given. */
  @SuppressWarnings("unchecked") // It asks nothing of the type.
  static <C> TextMapSetter<InjectedHeaders<C>> setter() {
    return (TextMapSetter<InjectedHeaders<C>>) (TextMapSetter<?>) Setter.INSTANCE;
  }

  /** Leaves the headers as the application did. */
  void restore() {
    int added = count;
    if (original != null) {
      editor.restore(carrier, original);
      added = countBefore;
    }
    for (int i = 0; i < added; i++) {
      editor.remove(carrier, names[i]);
    }
    count = 0;
    original = null;
  }

  private void set(String name, String value) {
    leaveOut(name);
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
    }
    names[count++] = name;
    editor.set(carrier, name, value);
  }

  /** Takes out all values of a header, of a trace that is not this one. */
  private void leaveOut(String name) {
    if (editor.has(carrier, name)) {
      if (original == null && !isOurs(name)) {
        original = editor.copy(carrier);
        countBefore = count;
      }
      editor.remove(carrier, name);
    }
  }

  private boolean isOurs(String name) {
    for (int i = 0; i < count; i++) {
      if (names[i].equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static final class Setter<C> implements TextMapSetter<InjectedHeaders<C>> {

    static final Setter<?> INSTANCE = new Setter<>();

    @Override
    public void set(InjectedHeaders<C> headers, String name, String value) {
      headers.set(name, value);
    }

    @Override
    public void leaveOut(InjectedHeaders<C> headers, String name) {
      headers.leaveOut(name);
    }
  }
}
