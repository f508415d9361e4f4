package io.otlpagent.instrumentation.semconv.http;

import io.otlpagent.instrumentation.semconv.HttpAttributes;
import io.otlpagent.instrumentation.semconv.PeerServices;
import io.otlpagent.instrumentation.semconv.SemconvSettings;
import io.otlpagent.instrumentation.semconv.redaction.ExceptionRedaction;
import io.otlpagent.instrumentation.semconv.redaction.HttpSecrets;
import io.otlpagent.instrumentation.semconv.redaction.UrlRedaction;
import io.otlpagent.instrumentation.trace.InstrumentationScope;
import io.otlpagent.instrumentation.trace.Span;
import io.otlpagent.instrumentation.trace.SpanKey;
import io.otlpagent.instrumentation.trace.SpanKind;
import io.otlpagent.instrumentation.trace.attribute.AttributeWriter;
import io.otlpagent.instrumentation.trace.exception.SpanException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to send an HTTP request. Keeps references on the application's thread; the exporter
 * thread makes strings of them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span">HTTP
 *     client span</a>
 */
public final class HttpClientSpan extends Span {

  final String method;
  private final HttpUrl url;
  private final int resendCount;

  // Written by the threads of the request, one after the other.
  private @Nullable HttpExtras extras;

  // Written by the thread that ends the span, before it does.
  int status;
  @Nullable String protocolVersion;
  @Nullable InetSocketAddress peer;

  HttpClientSpan(InstrumentationScope scope, String method, HttpUrl url, int resendCount) {
    super(scope, SpanKind.CLIENT, SpanKey.HTTP_CLIENT);
    this.method = method;
    this.url = url;
    this.resendCount = resendCount;
  }

  @Override
  public String name() {
    return HttpMethods.spanName(HttpMethods.known(method), null);
  }

  @Override
  public String requestMethod() {
    return method;
  }

  @Override
  public void writeAttributes(AttributeWriter writer) {
    writer.put(HttpClientShape.of(this));
    String text = url.toString();
    writer.put(HttpAttributes.URL_FULL, UrlRedaction.url(text));
    PeerServices services = SemconvSettings.installed().peerServices();
    if (services != null) {
      writer.put(HttpAttributes.PEER_SERVICE, services.name(host(), port(), text));
    }
    writer.put(HttpAttributes.ERROR_TYPE, errorType());
    if (resendCount > 0) {
      writer.put(HttpAttributes.HTTP_REQUEST_RESEND_COUNT, resendCount);
    }
    if (extras != null) {
      extras.writeTo(writer);
    }
  }

  @Override
  protected SpanException shown(SpanException thrown) {
    HttpSecrets secrets = new HttpSecrets().url(url.toString());
    if (extras != null) {
      extras.addSecrets(secrets);
    }
    return ExceptionRedaction.ofRequest(thrown, null, secrets);
  }

  @Nullable String host() {
    return url.host();
  }

  /** -1 if it is unknown. */
  int port() {
    return url.port();
  }

  /** What few ask for; null if nobody did. */
  @Nullable HttpExtras extrasIfAny() {
    return extras;
  }

  /** Where to write what few ask for; made if need be. */
  HttpExtras extras() {
    HttpExtras known = extras;
    if (known == null) {
      known = new HttpExtras();
      extras = known;
    }
    return known;
  }
}
