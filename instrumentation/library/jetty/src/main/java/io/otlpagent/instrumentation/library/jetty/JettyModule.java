package io.otlpagent.instrumentation.library.jetty;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/** Requests that Jetty 9.4 to 11 receives, with those that no filter or servlet sees. */
public final class JettyModule extends InstrumentationModule {

  private static final String TASK_OF_REQUEST =
      "(Lorg/eclipse/jetty/server/AsyncContextState;Ljava/lang/Runnable;"
          + "Lorg/eclipse/jetty/server/HttpChannel;)V";

  public JettyModule() {
    super("jetty", "jetty-9.4");
  }

  /** A malformed request is begun as others are, and completed without being handled. */
  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(
            "org.eclipse.jetty.server.HttpChannel",
            on("onRequest", "(Lorg/eclipse/jetty/http/MetaData$Request;)V").call("RequestAdvice"),
            on("handle", "()Z").call("HandleAdvice"),
            on("commit", "(Lorg/eclipse/jetty/http/MetaData$Response;)V").call("CommitAdvice"),
            on("handleException", "(Ljava/lang/Throwable;)V").call("ExceptionAdvice"),
            on("abort", "(Ljava/lang/Throwable;)V").call("AbortAdvice"),
            on("onCompleted", "()V").call("CompletedAdvice")),
        // What AsyncContext.start makes of a task.
        named(
            "org.eclipse.jetty.server.AsyncContextState$1",
            on("<init>", TASK_OF_REQUEST).call("TaskCreatedAdvice"),
            on("run", "()V").call("TaskRunAdvice")));
  }
}
