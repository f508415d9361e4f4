package io.otlpagent.instrumentation.library.httpurlconnection;

import io.otlpagent.instrumentation.semconv.http.HeaderEditor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, which the application may read at any time. Called while they are
 * written.
 */
final class MessageHeaders implements HeaderEditor<Object> {

  static final MessageHeaders EDITOR = new MessageHeaders();

  private MessageHeaders() {}

  @Override
  public void set(Object headers, String name, String value) {
    SunClasses.set(headers, name, value);
  }

  @Override
  public boolean has(Object headers, String name) {
    return SunClasses.has(headers, name);
  }

  @Override
  public void remove(Object headers, String name) {
    SunClasses.remove(headers, name);
  }

  @Override
  public Object copy(Object headers) {
    return SunClasses.copy(headers);
  }

  @Override
  @SuppressWarnings("unchecked") // What copy() returned.
  public void restore(Object headers, Object copy) {
    SunClasses.restore(headers, (List<@Nullable String>) copy);
  }
}
