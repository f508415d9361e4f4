package io.otlpagent.instrumentation.library.tomcat;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Arrays;
import java.util.List;

/** Requests that Tomcat 8.5 and newer receives, with those that no filter or servlet sees. */
public final class TomcatModule extends InstrumentationModule {

  private static final String REQUEST_AND_RESPONSE =
      "(Lorg/apache/coyote/Request;Lorg/apache/coyote/Response;";
  private static final String TASK_OF_REQUEST =
      "(Ljava/lang/Runnable;Lorg/apache/catalina/Context;Lorg/apache/coyote/Request;)V";

  public TomcatModule() {
    super("tomcat", "tomcat-8.5");
  }

  /** The adapter first makes its own request, which has the same methods in all versions. */
  @Override
  public List<TypeInstrumentation> types() {
    return Arrays.asList(
        named(
            "org.apache.catalina.connector.CoyoteAdapter",
            on("service", REQUEST_AND_RESPONSE + ")V")
                .before("org/apache/catalina/connector/Connector.getXpoweredBy()Z")
                .call("ServiceAdvice"),
            on("asyncDispatch", REQUEST_AND_RESPONSE + "Lorg/apache/tomcat/util/net/SocketEvent;)Z")
                .call("AsyncDispatchAdvice")),
        named("org.apache.coyote.Response", on("setCommitted", "(Z)V").call("CommitAdvice")),
        named("org.apache.coyote.Request", on("recycle", "()V").call("RecycleAdvice")),
        named(
            "org.apache.catalina.core.AsyncContextImpl$RunnableWrapper",
            on("<init>", TASK_OF_REQUEST).call("TaskCreatedAdvice"),
            on("run", "()V").call("TaskRunAdvice")));
  }
}
