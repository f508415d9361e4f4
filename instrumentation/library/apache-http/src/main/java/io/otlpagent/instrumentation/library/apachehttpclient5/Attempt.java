package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.semconv.http.HeaderEditor;
import io.otlpagent.instrumentation.semconv.http.HttpClientInstrumenter;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** A request that is about to be sent, and where the client says what it did. */
public final class Attempt {

  static final HttpClientInstrumenter<Attempt, HttpResponse> INSTRUMENTER =
      new HttpClientInstrumenter<>("apache-httpclient", new ApacheHttpClient5Getter());

  static final HeaderEditor<HttpRequest> HEADERS = new Headers();

  final HttpRequest request;
  final HttpHost target;
  private final @Nullable HttpContext context;
  // Of the attempt before, until this one is connected.
  private final @Nullable EndpointDetails stale;

  Attempt(HttpRequest request, HttpHost target, @Nullable HttpContext context) {
    this.request = request;
    this.target = target;
    this.context = context;
    this.stale = details();
  }

  /** The connection of this attempt; null if it has none. */
  @Nullable EndpointDetails endpoint(boolean answered) {
    EndpointDetails known = details();
    return answered || known != stale ? known : null;
  }

  private @Nullable EndpointDetails details() {
    return context instanceof HttpCoreContext
        ? ((HttpCoreContext) context).getEndpointDetails()
        : null;
  }

  private static final class Headers implements HeaderEditor<HttpRequest> {

    @Override
    public void set(HttpRequest request, String name, String value) {
      // setHeader() replaces the first of several values only.
      request.removeHeaders(name);
      request.addHeader(name, value);
    }

    @Override
    public boolean has(HttpRequest request, String name) {
      return request.containsHeader(name);
    }

    @Override
    public void remove(HttpRequest request, String name) {
      request.removeHeaders(name);
    }

    @Override
    public Object copy(HttpRequest request) {
      return request.getHeaders();
    }

    @Override
    public void restore(HttpRequest request, Object copy) {
      request.setHeaders((Header[]) copy);
    }
  }
}
