package io.otlpagent.instrumentation.testing;

import io.otlpagent.instrumentation.semconv.http.HttpServerGetter;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request whose response is its status. */
public final class TestRequest implements HttpServerGetter<TestRequest, Integer> {

  private final String method;
  private final Map<String, String> headers = new HashMap<>();
  private final String path;
  private final @Nullable String query;

  public TestRequest(String method, String target) {
    this.method = method;
    int question = target.indexOf('?');
    this.path = question < 0 ? target : target.substring(0, question);
    this.query = question < 0 ? null : target.substring(question + 1);
  }

  public TestRequest header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  @Override
  public Collection<String> responseHeader(Integer response, String name) {
    if (name.equals("content-length")) {
      return Collections.singleton("12");
    }
    return name.equals("x-status")
        ? Collections.singleton(response.toString())
        : Collections.emptyList();
  }

  @Override
  public String method(TestRequest request) {
    return request.method;
  }

  @Override
  public String scheme(TestRequest request) {
    return "http";
  }

  @Override
  public String path(TestRequest request) {
    return request.path;
  }

  @Override
  public @Nullable String query(TestRequest request) {
    return request.query;
  }

  @Override
  public String protocol(TestRequest request) {
    return "HTTP/1.1";
  }

  @Override
  public String peerAddress(TestRequest request) {
    return "192.0.2.1";
  }

  @Override
  public int peerPort(TestRequest request) {
    return 51_000;
  }

  @Override
  public int status(Integer response, @Nullable Throwable thrown) {
    if (response < 0) {
      throw new IllegalStateException("the container has taken it back");
    }
    return thrown == null ? response : 500;
  }

  @Override
  public @Nullable String first(TestRequest request, String name) {
    return request.headers.get(name);
  }

  @Override
  public Enumeration<String> all(TestRequest request, String name) {
    String value = request.headers.get(name);
    return value == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singletonList(value));
  }
}
