package io.otlpagent.instrumentation.library.apachehttpclient5;

import io.otlpagent.instrumentation.semconv.http.ClientCall;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Around one attempt, whose request is the client's copy of the application's. */
public final class AttemptAdvice {

  private AttemptAdvice() {}

  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static ClientCall<Attempt, HttpResponse> start(
      @Advice.Argument(0) ClassicHttpRequest request, @Advice.Argument(1) ExecChain.Scope scope) {
    ClientCall<Attempt, HttpResponse> call = Attempt.INSTRUMENTER.currentOrNew();
    Attempt attempt = new Attempt(request, scope.route.getTargetHost(), scope.clientContext);
    call.start(attempt, request, Attempt.HEADERS);
    return call;
  }

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class, onThrowable = Throwable.class)
  public static void end(
      @Advice.Enter @Nullable ClientCall<Attempt, HttpResponse> call,
      @Advice.Argument(1) ExecChain.Scope scope,
      @Advice.Return @Nullable HttpResponse response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      // What the application aborts ends with an exception too, and is no failure.
      call.end(response, scope.execRuntime.isExecutionAborted() ? null : thrown);
    }
  }
}
