package io.otlpagent.instrumentation.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.testing.SpanRecorder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstrumentationModulesTest {

  @Test
  void settersOfParametersAreNotWovenUnlessAskedFor() {
    assertThat(wovenMethods(Set.of())).doesNotContain("setString", "setInt");
    assertThat(wovenMethods(Set.of("jdbc.query_parameters")))
        .contains("setString", "setInt", "clearParameters");
  }

  @Test
  void endsOfTransactionsAreNotWovenUnlessAskedFor() {
    assertThat(wovenMethods(Set.of())).doesNotContain("commit", "rollback");
    assertThat(wovenMethods(Set.of("jdbc.transactions"))).contains("commit", "rollback");
  }

  @Test
  void statementsAreLeftAsTheyAreUnlessAskedFor() {
    assertThat(advice(Set.of()))
        .contains("StatementAdvice")
        .noneMatch(advice -> advice.startsWith("Commented"));
    assertThat(advice(Set.of("jdbc.sqlcommenter")))
        .contains("CommentedStatementAdvice", "CommentedPrepareAdvice", "CommentedAddBatchAdvice")
        .doesNotContain("StatementAdvice", "PrepareAdvice", "AddBatchAdvice");
  }

  private static Set<String> wovenMethods(Set<String> options) {
    return rules(options).map(MethodAdvice::method).collect(Collectors.toSet());
  }

  private static Set<String> advice(Set<String> options) {
    return rules(options).map(MethodAdvice::advice).collect(Collectors.toSet());
  }

  /** Of JDBC; other libraries have methods of the same names. */
  private static Stream<MethodAdvice> rules(Set<String> options) {
    return InstrumentationModules.all(options).stream()
        .filter(module -> module.group().equals("jdbc"))
        .flatMap(module -> module.types().stream())
        .flatMap(type -> type.methods().stream())
        .filter(rule -> rule.applies(options));
  }

  @Test
  void testsFindTheSameModules() {
    Set<String> options = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (InstrumentationModule module : SpanRecorder.modules()) {
      options.add(module.option());
      found.add(module.name());
    }
    assertThat(InstrumentationModules.all(options))
        .extracting(InstrumentationModule::name)
        .containsExactlyInAnyOrderElementsOf(found);
  }
}
