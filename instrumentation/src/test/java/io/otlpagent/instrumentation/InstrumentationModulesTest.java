package io.otlpagent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InstrumentationModulesTest {

  @Test
  void settersOfParametersAreNotWovenUnlessAskedFor() {
    assertThat(wovenMethods(InstrumentationModules.all())).doesNotContain("setString", "setInt");
    assertThat(wovenMethods(InstrumentationModules.all(Set.of("jdbc.query_parameters"))))
        .contains("setString", "setInt", "clearParameters");
  }

  @Test
  void endsOfTransactionsAreNotWovenUnlessAskedFor() {
    assertThat(wovenMethods(InstrumentationModules.all())).doesNotContain("commit", "rollback");
    assertThat(wovenMethods(InstrumentationModules.all(Set.of("jdbc.transactions"))))
        .contains("commit", "rollback");
  }

  private static Set<String> wovenMethods(List<InstrumentationModule> modules) {
    return modules.stream()
        .flatMap(module -> module.types().stream())
        .flatMap(type -> type.methods().stream())
        .map(MethodAdvice::method)
        .collect(Collectors.toSet());
  }
}
