package io.otlpagent.instrumentation.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  @Test
  void statementsAreLeftAsTheyAreUnlessAskedFor() {
    assertThat(advice(InstrumentationModules.all()))
        .contains("StatementAdvice")
        .noneMatch(advice -> advice.startsWith("Commented"));
    assertThat(advice(InstrumentationModules.all(Set.of("jdbc.sqlcommenter"))))
        .contains("CommentedStatementAdvice", "CommentedPrepareAdvice", "CommentedAddBatchAdvice")
        .doesNotContain("StatementAdvice", "PrepareAdvice", "AddBatchAdvice");
  }

  private static Set<String> wovenMethods(List<InstrumentationModule> modules) {
    return rules(modules).map(MethodAdvice::method).collect(Collectors.toSet());
  }

  private static Set<String> advice(List<InstrumentationModule> modules) {
    return rules(modules).map(MethodAdvice::advice).collect(Collectors.toSet());
  }

  private static Stream<MethodAdvice> rules(List<InstrumentationModule> modules) {
    return modules.stream()
        .flatMap(module -> module.types().stream())
        .flatMap(type -> type.methods().stream());
  }
}
