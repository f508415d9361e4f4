package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.redaction.ExceptionRedaction;
import io.otlpagent.instrumentation.semconv.redaction.FailedQuery;
import io.otlpagent.instrumentation.semconv.redaction.HttpSecrets;
import io.otlpagent.instrumentation.semconv.redaction.UrlRedaction;
import io.otlpagent.instrumentation.semconv.sql.SqlDialect;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A request to this process. The thread that handles it fills the slots with what the request says;
 * what follows from that is worked out by the exporter thread.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span">HTTP
 *     server spans</a>
 */
public final class HttpServerSpan extends Span {

  private static final AtomicReferenceFieldUpdater<HttpServerSpan, @Nullable HttpExtras> EXTRAS =
      AtomicReferenceFieldUpdater.newUpdater(HttpServerSpan.class, HttpExtras.class, "extras");

  // Of every request: the metric needs them.
  @Nullable String method;
  @Nullable String scheme;
  @Nullable String protocol;
  @Nullable String forwarded;
  @Nullable String forwardedProto;
  int status;

  // Of recorded requests only; the path also if a sampling rule asks for it.
  @Nullable String path;
  @Nullable String query;
  @Nullable String peerAddress;
  int peerPort;
  @Nullable String host;
  @Nullable String forwardedHost;
  @Nullable String forwardedFor;
  @Nullable String userAgent;

  private volatile @Nullable HttpExtras extras;

  // Of the thread that handles the request, between the two ends of a call.
  private @Nullable Thread thread;
  // Of the server that owns it, if any.
  private boolean owned;
  private boolean inApplication;
  private int application;
  private int sentStatus;
  private boolean failedEarly;

  private @Nullable String route;
  private RouteSource routeSource = RouteSource.SERVLET;

  HttpServerSpan(InstrumentationScope scope) {
    super(scope, SpanKind.SERVER);
  }

  @Override
  public String name() {
    return HttpServerShape.of(this, plainHost()).name();
  }

  @Override
  public @Nullable String requestMethod() {
    return method;
  }

  @Override
  public @Nullable String requestPath() {
    return path;
  }

  @Override
  public String label() {
    String path = this.path;
    String known = HttpMethods.known(method);
    return path == null ? known : known + ' ' + UrlRedaction.path(path);
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    writer.put(HttpServerShape.of(this, plainHost()));
    writer.put(HttpAttributes.URL_PATH, path == null ? null : UrlRedaction.path(path));
    writer.put(HttpAttributes.URL_QUERY, query == null ? null : UrlRedaction.query(query));
    writer.put(HttpAttributes.ERROR_TYPE, errorType());
    writer.put(HttpAttributes.USER_AGENT_ORIGINAL, userAgent);
    writeAddresses(writer);
    HttpExtras known = extras;
    if (known != null) {
      known.writeTo(writer);
    }
  }

  @Override
  protected SpanException shown(SpanException thrown) {
    HttpSecrets secrets = new HttpSecrets().query(query).path(path);
    HttpExtras known = extras;
    if (known != null) {
      known.addSecrets(secrets);
    }
    FailedQuery failed = known == null ? null : known.failedQuery;
    return ExceptionRedaction.ofRequest(thrown, failed, secrets);
  }

  /** A call of a database failed, whose error the request may fail with. */
  public void failed(String sql, SqlDialect dialect, SpanException thrown) {
    if (!ended()) {
      HttpExtras kept = extras();
      kept.failedQuery = new FailedQuery(sql, dialect, thrown, kept.failedQuery);
    }
  }

  /** Lets go of what only the texts of an exception need. */
  void forgetFailures() {
    HttpExtras known = extras;
    if (known != null) {
      known.failedQuery = null;
    }
  }

  private void writeAddresses(AttributeWriter writer) {
    String client = null;
    if (isForwarded()) {
      HttpServerShape.writeServer(
          writer, ForwardedHeaders.authority(forwarded, forwardedHost, host));
      client = ForwardedHeaders.client(forwarded, forwardedFor);
    }
    writer.put(HttpAttributes.CLIENT_ADDRESS, client == null ? peerAddress : client);
    if (peerAddress != null) {
      writer.put(HttpAttributes.NETWORK_PEER_ADDRESS, peerAddress);
      if (peerPort > 0) {
        writer.put(HttpAttributes.NETWORK_PEER_PORT, peerPort);
      }
    }
  }

  /** Whether headers tell of a proxy that may be believed. */
  private boolean isForwarded() {
    return (forwarded != null || forwardedHost != null || forwardedFor != null)
        && SemconvSettings.installed().trustForwardedHeaders();
  }

  /** The {@code Host} header, if no proxy tells of another one. */
  private @Nullable String plainHost() {
    return isForwarded() ? null : host;
  }

  /** What few ask for; null if nobody did. */
  @Nullable HttpExtras extrasIfAny() {
    return extras;
  }

  /** Where to write what few ask for; made if need be. */
  HttpExtras extras() {
    HttpExtras known = extras;
    if (known != null) {
      return known;
    }
    HttpExtras made = new HttpExtras();
    return EXTRAS.compareAndSet(this, null, made) ? made : Objects.requireNonNull(extras);
  }

  /** Marks this thread as handling the request; it is not in the application yet. */
  public void hold() {
    this.inApplication = false;
    this.thread = Thread.currentThread();
  }

  /** Whether this thread is within the call that handles the request, not only in its context. */
  public boolean held() {
    return thread == Thread.currentThread();
  }

  /** Undoes {@link #hold}, unless another thread has gone on with the request meanwhile. */
  public void release() {
    if (held()) {
      this.thread = null;
    }
  }

  /** The server that received the bytes has made the span, and will end it. */
  void own() {
    this.owned = true;
  }

  /** Whether the server begins and ends the request: others say what they know of it, no more. */
  public boolean owned() {
    return owned;
  }

  /** Enters the application; false if this thread is in it. */
  public boolean enterApplication() {
    boolean entered = !inApplication;
    inApplication = true;
    return entered;
  }

  /**
   * Leaves the application.
   *
   * @param thrown what it leaves to the server; null if nothing
   * @param committed whether the head of the response is out: the server cannot answer any more
   */
  public void leaveApplication(@Nullable Throwable thrown, boolean committed) {
    inApplication = false;
    if (thrown != null && !failed() && !ended()) {
      failBy(thrown.getClass().getName(), thrown);
      failedEarly = !committed;
    }
  }

  /** The server's own object for the request, under all wrappers, is that; it is not kept. */
  public void remember(Object request) {
    application = System.identityHashCode(request);
  }

  /** Whether it is very likely the span of the request that the application knows by an object. */
  public boolean isOf(Object request) {
    return application != 0 && application == System.identityHashCode(request);
  }

  /** The head of the response is on its way, with that status. */
  public void sent(int status) {
    sentStatus = status;
  }

  /** What {@link #sent} was given; 0 if nothing. */
  public int sentStatus() {
    return sentStatus;
  }

  /** What the server answers with to an exception may say that the request was the error. */
  void settleFailure() {
    if (failedEarly && status >= 400 && status < 500) {
      recover();
    }
  }

  /** The scheme that the client used, as far as headers tell. */
  @Nullable String originalScheme() {
    if ((forwarded == null && forwardedProto == null)
        || !SemconvSettings.installed().trustForwardedHeaders()) {
      return scheme;
    }
    String original = ForwardedHeaders.scheme(forwarded, forwardedProto);
    return original == null ? scheme : original;
  }

  /** {@code network.protocol.version}; null for a protocol that is not HTTP. */
  @Nullable String protocolVersion() {
    return HttpServerShape.version(protocol);
  }

  /** The route; null as long as none is known. */
  public @Nullable String route() {
    return route;
  }

  /** The request is for a page, which is its route if there is one and no better route. */
  void page(PageRoutes.Page requested) {
    extras().page = requested;
  }

  /** The last word on the route, before the span ends. */
  void settleRoute() {
    HttpExtras known = extras;
    PageRoutes.Page page = known == null ? null : known.page;
    String found = page == null || routeSource != RouteSource.SERVLET ? null : page.route(status);
    if (found != null) {
      route = found;
    }
    if (known != null) {
      known.page = null;
    }
  }

  /**
   * Takes a route unless one as good is known. A pattern that matches all is none, but for that of
   * a servlet in an application below the root: it says which application that was.
   */
  void route(RouteSource source, String prefix, String pattern) {
    boolean saysNothing = source == RouteSource.CONTROLLER || prefix.isEmpty();
    if (ended() || (saysNothing && source.matchesAll(pattern))) {
      return;
    }
    if (route == null || source.compareTo(routeSource) > 0) {
      route = prefix.isEmpty() ? pattern : prefix + pattern;
      routeSource = source;
    }
  }
}
