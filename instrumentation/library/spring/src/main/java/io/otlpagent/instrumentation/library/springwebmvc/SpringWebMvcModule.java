package io.otlpagent.instrumentation.library.springwebmvc;

import static io.otlpagent.instrumentation.TypeInstrumentation.named;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.Collections;
import java.util.List;

/** The look-up that every kind of handler mapping of Spring MVC goes through. */
public final class SpringWebMvcModule extends InstrumentationModule {

  private static final String HANDLER = ")Lorg/springframework/web/servlet/HandlerExecutionChain;";

  public SpringWebMvcModule() {
    super("spring-webmvc", "spring-webmvc-3.1");
  }

  @Override
  public List<TypeInstrumentation> types() {
    return Collections.singletonList(
        named(
            "org.springframework.web.servlet.handler.AbstractHandlerMapping",
            MethodAdvice.on("getHandler", "(Ljavax/servlet/http/HttpServletRequest;" + HANDLER)
                .call("GetHandlerJavaxAdvice"),
            MethodAdvice.on("getHandler", "(Ljakarta/servlet/http/HttpServletRequest;" + HANDLER)
                .call("GetHandlerJakartaAdvice")));
  }
}
