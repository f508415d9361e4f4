package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Around all attempts of a request. The minimal client has no handlers: it makes one attempt, with
 * the application's own request.
 */
public final class CallAdvice {

  private CallAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static ClientCall<Attempt, HttpResponse> enter(
      @Advice.This Object client,
      @Advice.Argument(0) @Nullable HttpHost target,
      @Advice.Argument(1) @Nullable ClassicHttpRequest request,
      @Advice.Argument(2) @Nullable HttpContext context) {
    if (!(client instanceof MinimalHttpClient) || target == null || request == null) {
      return Attempt.INSTRUMENTER.enter();
    }
    ClientCall<Attempt, HttpResponse> call = Attempt.INSTRUMENTER.call();
    call.startRestorably(new Attempt(request, target, context), request, Attempt.HEADERS);
    return call;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void exit(
      @Advice.Enter @Nullable ClientCall<Attempt, HttpResponse> call,
      @Advice.Return @Nullable HttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    ClientCall.exit(call, response, thrown);
  }
}
