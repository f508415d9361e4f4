package io.otlpagent.instrumentation.testing;

import static io.otlpagent.instrumentation.MethodAdvice.on;
import static io.otlpagent.instrumentation.TypeInstrumentation.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.TypeInstrumentation;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnmatchedRulesTest {

  private static final String STRING = String.class.getName();

  @Test
  void ruleForAMethodThatAClassDoesNotHaveIsNamed() {
    InstrumentationModule module =
        module(
            named(
                STRING,
                on("length", "()I").call("Advice"),
                on("lenght", "()I").call("Advice"),
                on("trim", "()V").call("Advice"),
                on("<init>", "([C)V").call("Advice")));

    assertThat(UnmatchedRules.of(List.of(module), String.class, Object.class))
        .containsExactly(
            "test-1.0: java.lang.String.lenght()I", "test-1.0: java.lang.String.trim()V");
  }

  @Test
  void oneOfTheDescriptorsOfAMethodIsEnough() {
    InstrumentationModule module =
        module(
            named(
                STRING, on("trim", "()V").call("A"), on("trim", "()Ljava/lang/String;").call("A")));

    assertThat(UnmatchedRules.of(List.of(module), String.class)).isEmpty();
  }

  @Test
  void classThatIsNotLoadedHasNone() {
    InstrumentationModule module = module(named("com.acme.None", on("run", "()V").call("A")));

    assertThat(UnmatchedRules.of(List.of(module), String.class)).isEmpty();
  }

  private static InstrumentationModule module(TypeInstrumentation type) {
    return new InstrumentationModule("test", "test-1.0") {
      @Override
      public List<TypeInstrumentation> types() {
        return List.of(type);
      }
    };
  }
}
