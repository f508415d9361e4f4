package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.DurationHistograms;
import io.otlpagent.instrumentation.semconv.ExperimentalMetrics;
import io.otlpagent.instrumentation.semconv.HeaderCapture;
import io.otlpagent.instrumentation.semconv.HttpOptions;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKey;
import io.otlpagent.instrumentation.trace.Tracer;
import io.otlpagent.instrumentation.util.Causes;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Starts and ends the spans of one HTTP client: one span for each attempt on the wire. Called on
 * application threads and on those of the client.
 *
 * @param <Q> one attempt to send a request
 * @param <R> its response
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client">HTTP
 *     client</a>
 */
public final class HttpClientInstrumenter<Q, R> {

  private final InstrumentationScope scope;
  private final HttpClientGetter<Q, R> getter;

  /**
   * @param module the short name of the instrumentation
   */
  public HttpClientInstrumenter(String module, HttpClientGetter<Q, R> getter) {
    this.scope = InstrumentationScope.of(module);
    this.getter = getter;
  }

  /** What an application asks of the client now. */
  public ClientCall<Q, R> call() {
    return new ClientCall<>(this);
  }

  /** A {@link #call} that the calling thread is in until {@link ClientCall#leave}. */
  public ClientCall<Q, R> enter() {
    ClientCall<Q, R> call = call();
    call.enter(null);
    return call;
  }

  /** The call that the calling thread is in; null if it is in none, or in another client's. */
  public @Nullable ClientCall<Q, R> current() {
    return ClientCall.current(this);
  }

  /** {@link #current()}, or a call of its own for an attempt that is in none. */
  public ClientCall<Q, R> currentOrNew() {
    ClientCall<Q, R> current = current();
    return current == null ? call() : current;
  }

  /** Starts the first attempt, as a child of the current span. Does not make it current. */
  @Nullable HttpClientSpan start(Q request) {
    return startAt(request, Context.current(), 0, System.nanoTime());
  }

  /**
   * Starts an attempt, unless it is within another client's: then this client is the inner layer of
   * that one, which records the call.
   *
   * @param parent what was current when the application made the request; null for a root
   * @param resendCount 0 for the first attempt
   * @param startNanoTime on the clock of {@link System#nanoTime()}
   * @return null if nothing is to be recorded
   */
  @Nullable HttpClientSpan startAt(
      Q request, @Nullable Span parent, int resendCount, long startNanoTime) {
    Tracer tracer = Tracer.installed();
    if (tracer == null
        || !scope.enabled()
        || (parent != null && parent.isWithin(SpanKey.HTTP_CLIENT))) {
      return null;
    }
    HttpUrl url = getter.url(request);
    if (url == null) {
      return null;
    }
    HttpClientSpan span = new HttpClientSpan(scope, getter.method(request), url, resendCount);
    tracer.startAt(span, parent, startNanoTime);
    return span;
  }

  /**
   * Keeps what the operator wants of the headers of a request. To be called once these are, with
   * those of the trace, as they will be sent: on the thread that the attempt belongs to.
   */
  void sending(HttpClientSpan span, Q request) {
    HttpOptions wanted = SemconvSettings.installed().client();
    if (wanted == null) {
      return;
    }
    HeaderCapture.Source all = name -> getter.requestHeader(request, name);
    HeaderCapture headers = wanted.requestHeaders();
    if (headers != null && span.recorded()) {
      span.extras().requestHeaders = headers.capture(all);
    }
    if (wanted.experimental()) {
      span.extras().requestBodySize = BodySize.of(all);
    }
  }

  /**
   * Ends an attempt: its headers are read, or reading them failed.
   *
   * @param span null if {@link #start} recorded nothing
   * @param response null if none came; if nothing was thrown either, or a {@link
   *     CancellationException}, then the caller has given up, which is no failure
   */
  void end(
      @Nullable HttpClientSpan span, Q request, @Nullable R response, @Nullable Throwable thrown) {
    if (span == null || span.ended()) {
      return;
    }
    try {
      describe(span, request, response, thrown);
    } finally {
      finish(span, request, response);
    }
  }

  private void describe(
      HttpClientSpan span, Q request, @Nullable R response, @Nullable Throwable thrown) {
    if (response != null) {
      span.status = getter.status(response);
      span.protocolVersion = getter.protocolVersion(response);
      received(span, request, response);
    }
    if (thrown != null) {
      failBy(span, Causes.unwrap(thrown, HttpClientInstrumenter::isOfFuture));
    } else if (response != null && isError(span.status)) {
      span.fail(Integer.toString(span.status), null);
    }
  }

  /** Keeps what the operator wants of the headers of a response. */
  private void received(HttpClientSpan span, Q request, R response) {
    HttpOptions wanted = SemconvSettings.installed().client();
    if (wanted == null) {
      return;
    }
    HeaderCapture.Source all = name -> getter.responseHeader(response, name);
    HeaderCapture headers = wanted.responseHeaders();
    if (headers != null && span.recorded()) {
      span.extras().responseHeaders = headers.capture(all);
    }
    if (wanted.experimental()) {
      HttpExtras extras = span.extras();
      if (extras.requestBodySize < 0) {
        extras.requestBodySize = sentBodySize(request);
      }
      if (BodySize.toldByResponse(span.method, span.status)) {
        extras.responseBodySize = BodySize.of(all);
      }
    }
  }

  private long sentBodySize(Q request) {
    try {
      return getter.sentBodySize(request);
    } catch (RuntimeException | LinkageError e) {
      // Of a JDK that nobody has seen yet. The request and its span go on.
      return BodySize.UNKNOWN;
    }
  }

  /**
   * Ends an attempt that the client gave up without telling the caller, and sends again.
   *
   * @param errorType of low cardinality
   */
  void endLost(@Nullable HttpClientSpan span, Q request, String errorType) {
    if (span == null || span.ended()) {
      return;
    }
    span.fail(errorType, null);
    finish(span, request, null);
  }

  private void finish(HttpClientSpan span, Q request, @Nullable R response) {
    try {
      span.peer = getter.peer(request, response);
    } finally {
      Tracer tracer = Tracer.ending();
      if (tracer != null && tracer.end(span)) {
        record(span);
      }
    }
  }

  private static void record(HttpClientSpan span) {
    DurationHistograms.HTTP_CLIENT.series(values(span)).record(span);
    HttpExtras extras = span.extrasIfAny();
    if (extras != null) {
      extras.measure(
          span,
          ExperimentalMetrics.CLIENT_REQUEST_BODY,
          ExperimentalMetrics.CLIENT_RESPONSE_BODY,
          values(span));
    }
  }

  /** For one look-up each, so that compiled code can do without the array. */
  private static @Nullable Object[] values(HttpClientSpan span) {
    return new @Nullable Object[] {
      HttpMethods.known(span.method),
      span.host(),
      span.port() > 0 ? Long.valueOf(span.port()) : null,
      span.status > 0 ? Long.valueOf(span.status) : null,
      span.errorType(),
      span.protocolVersion
    };
  }

  private static void failBy(HttpClientSpan span, Throwable thrown) {
    if (thrown instanceof CancellationException) {
      return;
    }
    span.failBy(thrown.getClass().getName(), thrown);
  }

  /** Whether a future has wrapped what happened. */
  private static boolean isOfFuture(Throwable thrown) {
    return thrown instanceof CompletionException || thrown instanceof ExecutionException;
  }

  /** Whether a client cannot take the status for a success: 4xx, 5xx, or no status at all. */
  private static boolean isError(int status) {
    return status >= 400 || (status > 0 && status < 100);
  }
}
