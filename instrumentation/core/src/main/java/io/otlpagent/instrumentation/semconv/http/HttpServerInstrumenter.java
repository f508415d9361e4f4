package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanContext;
import io.otlpagent.instrumentation.trace.Tracer;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span and a measurement of each request that a server receives. Stateless; called on the
 * threads that handle requests.
 *
 * @param <Q> the request
 * @param <R> the response
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/">HTTP conventions</a>
 */
public final class HttpServerInstrumenter<Q, R> {

  private final InstrumentationScope scope;
  private final HttpServerGetter<Q, R> getter;

  /**
   * @param module the short name of the instrumentation, such as {@code servlet-jakarta}
   */
  public HttpServerInstrumenter(String module, HttpServerGetter<Q, R> getter) {
    this.scope = InstrumentationScope.of(module);
    this.getter = getter;
  }

  /**
   * Starts the span of a request; does not make it current. A span that is current because a task
   * was handed over from another request is no reason not to.
   *
   * @return null if there is nothing to do: switched off, or the thread is within a request already
   */
  public @Nullable HttpServerSpan start(Q request) {
    Tracer tracer = Tracer.installed();
    HttpServerSpan current = current();
    if (tracer == null || !scope.enabled() || (current != null && current.held())) {
      return null;
    }
    HttpServerSpan span = new HttpServerSpan(scope);
    // What a sampling rule may ask for.
    span.method = getter.method(request);
    if (tracer.readsPath()) {
      span.path = getter.path(request);
    }
    SpanContext parent = Propagation.extract(request, getter);
    tracer.startRemote(span, parent, Propagation.extractBaggage(request, getter));
    try {
      read(span, request);
    } catch (Throwable e) {
      // An application's wrapper failed, with whatever it likes. The span has started, so it is
      // to go on, with what is known by now.
    }
    return span;
  }

  private void read(HttpServerSpan span, Q request) {
    span.scheme = getter.scheme(request);
    span.protocol = getter.protocol(request);
    span.forwarded = getter.first(request, "forwarded");
    span.forwardedProto = getter.first(request, "x-forwarded-proto");
    if (!getter.pathAtEnd()) {
      readPath(span, request);
    }
    if (span.recorded()) {
      span.query = getter.query(request);
      span.peerAddress = getter.peerAddress(request);
      span.peerPort = getter.peerPort(request);
      span.host = getter.first(request, "host");
      span.forwardedHost = getter.first(request, "x-forwarded-host");
      span.forwardedFor = getter.first(request, "x-forwarded-for");
      span.userAgent = getter.first(request, "user-agent");
    }
    HttpOptions wanted = SemconvSettings.installed().server();
    if (wanted != null) {
      readExtras(span, request, wanted);
    }
  }

  /** Reads the path, if it is wanted and not known yet. */
  void readPath(HttpServerSpan span, Q request) {
    if (span.path == null && (span.recorded() || span.noted())) {
      span.path = getter.path(request);
    }
  }

  private void readExtras(HttpServerSpan span, Q request, HttpOptions wanted) {
    HeaderCapture.Source all = name -> list(getter.all(request, name));
    HeaderCapture headers = wanted.requestHeaders();
    if (headers != null && span.recorded()) {
      span.extras().requestHeaders = headers.capture(all);
    }
    if (wanted.experimental()) {
      HttpExtras extras = span.extras();
      extras.requestBodySize = BodySize.of(all);
      extras.begin(
          ExperimentalMetrics.SERVER_ACTIVE.series(
              HttpMethods.known(span.method), span.originalScheme()));
    }
  }

  /**
   * Ends the span of a request; does nothing if it has ended.
   *
   * @param response null if none was made
   * @param thrown what escaped the application; null if nothing
   */
  public void end(HttpServerSpan span, @Nullable R response, @Nullable Throwable thrown) {
    if (!span.ended()) {
      endWith(span, response == null ? 0 : status(span, response, thrown), thrown);
    }
  }

  /**
   * The status that was sent, once the headers are kept that the operator wants.
   *
   * @param thrown what escaped the application; null if nothing
   * @return 0 if the response does not tell
   */
  public int status(HttpServerSpan span, R response, @Nullable Throwable thrown) {
    try {
      responseHeaders(span, response);
      int sent = span.sentStatus();
      return sent > 0 ? sent : getter.status(response, thrown);
    } catch (Throwable e) {
      // The container has taken the response back, or the application's wrapper of it failed:
      // nobody knows what was sent. The span ends all the same.
      return span.sentStatus();
    }
  }

  /**
   * Keeps the first error of a request that goes on, as text: the exception's class would keep the
   * application for as long as the request waits.
   */
  public static void fail(HttpServerSpan span, Throwable thrown) {
    if (!span.failed() && !span.ended()) {
      span.failBy(thrown.getClass().getName(), thrown);
    }
  }

  /** {@link #end} with the status that was sent; 0 if none is known. */
  public void endWith(HttpServerSpan span, int status, @Nullable Throwable thrown) {
    Tracer tracer = Tracer.ending();
    if (tracer == null || span.ended()) {
      return;
    }
    span.status = status;
    span.settleFailure();
    try {
      if (thrown != null) {
        span.failBy(thrown.getClass().getName(), thrown);
      } else if (!span.failed()) {
        span.forgetFailures();
        if (status >= 500 || (status > 0 && status < 100)) {
          span.fail(String.valueOf(status), null);
        }
      }
    } finally {
      finish(span, status, tracer);
    }
  }

  private static void finish(HttpServerSpan span, int status, Tracer tracer) {
    span.settleRoute();
    HttpExtras extras = span.extrasIfAny();
    if (extras != null && !BodySize.toldByResponse(span.method, status)) {
      extras.responseBodySize = BodySize.UNKNOWN;
    }
    if (tracer.end(span)) {
      record(span, extras);
    }
  }

  /**
   * Says what route the request of this thread has.
   *
   * @param prefix where the application or servlet is mounted; empty if at the root
   * @param pattern what the router matched, from there
   */
  public static void route(RouteSource source, String prefix, String pattern) {
    HttpServerSpan span = current();
    if (span != null) {
      span.route(source, prefix, pattern);
    }
  }

  /**
   * Says what page the request of this thread asks for, beside its route.
   *
   * @param route what the route is if there is such a page
   */
  public static void page(PageRoutes pages, String route) {
    HttpServerSpan span = current();
    if (span != null) {
      span.page(new PageRoutes.Page(pages, route));
    }
  }

  /** The span of the request that this thread handles; null if it handles none. */
  public static @Nullable HttpServerSpan current() {
    Span current = Context.current();
    Span root = current == null ? null : current.localRoot();
    return root instanceof HttpServerSpan && !root.ended() ? (HttpServerSpan) root : null;
  }

  /** Keeps what the operator wants of the headers of the response; before the span ends. */
  public void responseHeaders(HttpServerSpan span, @Nullable R response) {
    HttpOptions wanted = SemconvSettings.installed().server();
    if (wanted == null || response == null) {
      return;
    }
    HeaderCapture.Source all = name -> getter.responseHeader(response, name);
    HeaderCapture headers = wanted.responseHeaders();
    if (headers != null && span.recorded()) {
      span.extras().responseHeaders = headers.capture(all);
    }
    if (wanted.experimental()) {
      span.extras().responseBodySize = BodySize.of(all);
    }
  }

  /** As many as anybody wants and one: an application's own request may have any number. */
  private static @Nullable List<String> list(@Nullable Enumeration<String> values) {
    if (values == null) {
      return null;
    }
    List<String> list = new ArrayList<>();
    while (list.size() <= HeaderCapture.MAX_VALUES && values.hasMoreElements()) {
      list.add(values.nextElement());
    }
    return list;
  }

  private static void record(HttpServerSpan span, @Nullable HttpExtras extras) {
    DurationHistograms.HTTP_SERVER.series(values(span)).record(span);
    if (extras != null) {
      extras.end();
      extras.measure(
          span,
          ExperimentalMetrics.SERVER_REQUEST_BODY,
          ExperimentalMetrics.SERVER_RESPONSE_BODY,
          values(span));
    }
  }

  /** For one look-up each, so that compiled code can do without the array. */
  private static @Nullable Object[] values(HttpServerSpan span) {
    return new @Nullable Object[] {
      HttpMethods.known(span.method),
      span.originalScheme(),
      span.route(),
      span.status > 0 ? Long.valueOf(span.status) : null,
      span.errorType(),
      span.protocolVersion()
    };
  }
}
