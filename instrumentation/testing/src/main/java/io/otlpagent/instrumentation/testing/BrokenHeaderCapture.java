package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;

/** Settings by which an instrumentation fails in the middle of a request. */
public final class BrokenHeaderCapture {

  private BrokenHeaderCapture() {}

  /** From now on clients fail when the headers of their requests are to be kept. */
  public static void installForClients() throws ReflectiveOperationException {
    HeaderCapture requests = new HeaderCapture("request", List.of("x-color"), Set.of());
    Field names = HeaderCapture.class.getDeclaredField("names");
    names.setAccessible(true);
    names.set(requests, null);
    SemconvSettings.install(
        SemconvSettings.DEFAULT.withHttp(null, new HttpOptions(requests, null, false)));
  }
}
