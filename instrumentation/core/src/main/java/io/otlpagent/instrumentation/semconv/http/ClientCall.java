package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.propagation.Propagation;
import io.otlpagent.instrumentation.propagation.TextMapSetter;
import io.otlpagent.instrumentation.trace.Context;
import io.otlpagent.instrumentation.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of an HTTP client, and the attempts that go over the wire for it one
 * after the other: the request, and what the client sends again by itself after a redirect, a
 * challenge or a failure. Belongs to one thread at a time.
 *
 * <p>A client that makes all attempts on the caller's thread {@linkplain #enter enters} a call, so
 * that the attempts find it ({@link HttpClientInstrumenter#current()}). Other clients keep it with
 * what they have of the call; a table whose keys are weak must not hold one of which an attempt is
 * under way, if the request leads to the key.
 *
 * @param <Q> one attempt to send a request
 * @param <R> its response
 */
public final class ClientCall<Q, R> {

  private static final ThreadLocal<@Nullable ClientCall<?, ?>> CURRENT = new ThreadLocal<>();

  private final HttpClientInstrumenter<Q, R> instrumenter;

  private @Nullable Span parent = Context.current();
  // What the thread was in before; the call itself while no thread is in it.
  private @Nullable ClientCall<?, ?> outer = this;

  // Of the attempt that is under way.
  private @Nullable Q request;
  private @Nullable HttpClientSpan span;
  private @Nullable InjectedHeaders<?> injected;

  private int attempts;

  ClientCall(HttpClientInstrumenter<Q, R> instrumenter) {
    this.instrumenter = instrumenter;
  }

  /** The innermost call that the calling thread is in, if it is of a client; null if not. */
  @SuppressWarnings("unchecked") // A client has one type of requests and one of responses.
  static <Q, R> @Nullable ClientCall<Q, R> current(HttpClientInstrumenter<Q, R> instrumenter) {
    ClientCall<?, ?> current = CURRENT.get();
    return current != null && current.instrumenter == instrumenter
        ? (ClientCall<Q, R>) current
        : null;
  }

  /**
   * Lets the attempts that begin on the calling thread be of this call, until {@link #leave}. What
   * is current now is their parent.
   *
   * @param next what {@link #request} is before the first attempt; null if that is not known
   */
  public void enter(@Nullable Q next) {
    if (span == null) {
      request = next;
    }
    parent = Context.current();
    outer = CURRENT.get();
    CURRENT.set(this);
  }

  /** Undoes {@link #enter}; an attempt that is under way stays so. */
  public void leave() {
    if (entered()) {
      CURRENT.set(outer);
      outer = this;
    }
    if (span == null) {
      request = null;
    }
  }

  /** {@link #leave}, and {@link #end} of an attempt that is under way; nothing if it is null. */
  public static <Q, R> void exit(
      @Nullable ClientCall<Q, R> call, @Nullable R response, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
      call.end(response, thrown);
    }
  }

  /** What is sent, or was sent last by the thread that is in the call; null if nothing. */
  public @Nullable Q request() {
    return request;
  }

  /** The span of the attempt that is under way; null if there is none, or it is not recorded. */
  public @Nullable HttpClientSpan span() {
    return span;
  }

  /**
   * Begins an attempt and {@linkplain #inject puts its trace} into the headers of the request.
   *
   * @return false if nothing is recorded
   */
  public <C> boolean start(Q next, C carrier, TextMapSetter<? super C> setter) {
    if (!startAt(next, System.nanoTime())) {
      return false;
    }
    inject(carrier, setter);
    return true;
  }

  /**
   * Likewise with headers that are the application's own: {@link #restore}, or the end of the
   * attempt, leaves them as they were.
   */
  public <C> boolean startRestorably(Q next, C carrier, HeaderEditor<C> editor) {
    if (!startAt(next, System.nanoTime())) {
      return false;
    }
    injectRestorably(carrier, editor);
    return true;
  }

  /**
   * Begins an attempt whose headers are still to be written, or never will be.
   *
   * @param startNanoTime on the clock of {@link System#nanoTime()}
   * @return false if nothing is recorded
   */
  public boolean startAt(Q next, long startNanoTime) {
    if (span != null) {
      end(null, null);
    }
    request = next;
    span = instrumenter.startAt(next, parent, attempts++, startNanoTime);
    if (span == null && !entered()) {
      request = null;
    }
    return span != null;
  }

  /**
   * Puts the trace of the attempt into its headers, and keeps what the operator wants of these. If
   * that fails, the attempt goes on with the call that the thread is in; without one it ends, as
   * what is thrown from here ends in the advice, which then has nothing to end.
   */
  public <C> void inject(C carrier, TextMapSetter<? super C> setter) {
    HttpClientSpan injecting = span;
    Q sent = request;
    if (injecting == null || sent == null) {
      return;
    }
    boolean done = false;
    try {
      Propagation.inject(injecting, carrier, setter);
      instrumenter.sending(injecting, sent);
      done = true;
    } finally {
      if (!done) {
        giveUp();
      }
    }
  }

  /**
   * Likewise into headers that are the application's own: {@link #restore}, or the end of the
   * attempt, leaves them as they were.
   */
  public <C> void injectRestorably(C carrier, HeaderEditor<C> editor) {
    InjectedHeaders<C> headers = new InjectedHeaders<>(carrier, editor);
    injected = headers;
    inject(headers, InjectedHeaders.setter());
  }

  /** The headers are on the wire: they are again as the application left them. */
  public void restore() {
    InjectedHeaders<?> restoring = injected;
    if (restoring != null) {
      injected = null;
      restoring.restore();
    }
  }

  /**
   * Ends an attempt, if one is under way: its headers are read, or reading them failed.
   *
   * @param response null if none came; if nothing was thrown either, or a {@code
   *     CancellationException}, then the caller has given up, which is no failure
   */
  public void end(@Nullable R response, @Nullable Throwable thrown) {
    HttpClientSpan ending = span;
    Q sent = release();
    if (ending != null && sent != null) {
      instrumenter.end(ending, sent, response, thrown);
    }
  }

  /** Ends an attempt that the caller has given up, which is no failure. */
  public void cancel() {
    end(null, null);
  }

  /**
   * Ends an attempt that the client gave up without telling the caller, and sends again.
   *
   * @param errorType of low cardinality
   */
  public void endLost(String errorType) {
    HttpClientSpan ending = span;
    Q sent = release();
    if (ending != null && sent != null) {
      instrumenter.endLost(ending, sent, errorType);
    }
  }

  private boolean entered() {
    return outer != this;
  }

  private void giveUp() {
    try {
      restore();
    } finally {
      if (!entered()) {
        cancel();
      }
    }
  }

  /** Forgets the attempt that is under way, and returns what it sent. */
  private @Nullable Q release() {
    Q sent = request;
    span = null;
    if (!entered()) {
      request = null;
    }
    restore();
    return sent;
  }
}
