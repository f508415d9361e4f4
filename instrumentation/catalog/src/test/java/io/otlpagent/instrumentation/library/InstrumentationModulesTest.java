package io.otlpagent.instrumentation.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.InstrumentationModule;
import io.otlpagent.instrumentation.MethodAdvice;
import io.otlpagent.instrumentation.TypeInstrumentation;
import io.otlpagent.instrumentation.testing.WovenJvm;
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
  void tableSaysWhatTheModulesSay() {
    List<InstrumentationModule> table = InstrumentationModules.woven(options());

    assertThat(table).extracting(InstrumentationModule::name).isSorted();
    assertThat(table)
        .extracting(InstrumentationModulesTest::everything)
        .containsExactlyInAnyOrderElementsOf(
            WovenJvm.modules().stream().map(InstrumentationModulesTest::everything).toList());
  }

  @Test
  void whatMakesNoSpansIsNoInstrumentation() {
    assertThat(InstrumentationModules.woven(Set.of()))
        .extracting(InstrumentationModule::name)
        .contains("listening-ports");
    assertThat(InstrumentationModules.all())
        .isNotEmpty()
        .extracting(InstrumentationModule::name)
        .doesNotContain("listening-ports");
  }

  private static Set<String> options() {
    Set<String> options = new HashSet<>();
    WovenJvm.modules().forEach(module -> options.add(module.option()));
    return options;
  }

  private static String everything(InstrumentationModule module) {
    StringBuilder text = new StringBuilder();
    text.append(module.group()).append(' ').append(module.name()).append(' ');
    text.append(module.scope()).append(' ').append(module.plugin()).append(' ');
    text.append(module.option()).append(' ').append(module.makesSpans()).append(' ');
    text.append(module.opens());
    for (TypeInstrumentation type : module.types()) {
      text.append("\n").append(type);
      for (MethodAdvice method : type.methods()) {
        text.append("\n  ").append(method).append(' ').append(method.before()).append(' ');
        text.append(method.failuresOnly()).append(' ').append(method.isCompanion()).append(' ');
        text.append(method.option()).append(' ').append(method.applies(Set.of(method.option())));
      }
    }
    return text.toString();
  }
}
