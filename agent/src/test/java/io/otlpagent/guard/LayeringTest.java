package io.otlpagent.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import io.otlpagent.instrumentation.InstrumentationModule;
import org.junit.jupiter.api.Test;

/** Who may import whom: the table of ARCHITECTURE.md, as a test. */
final class LayeringTest {

  private static final String SPI = "io.otlpagent.instrumentation";
  private static final String LIBRARY = SPI + ".library..";

  private static final ImportTable TABLE = ImportTable.read();

  @Test
  void packageImportsWhatItsRowAllows() {
    assertThat(TABLE.violations(ProductClasses.ALL)).isEmpty();
  }

  @Test
  void everyPackageHasItsRow() {
    assertThat(TABLE.isEmpty()).isFalse();
    assertThat(TABLE.unknown(ProductClasses.ALL)).isEmpty();
  }

  @Test
  void rowNamesRowsAboveItOnly() {
    assertThat(TABLE.upwards()).isEmpty();
  }

  @Test
  void packagesHaveNoCycle() {
    slices().matching("io.otlpagent.(**)").should().beFreeOfCycles().check(ProductClasses.ALL);
  }

  @Test
  void moduleNamesNoTypeOfItsLibrary() {
    check(
        classes()
            .that()
            .resideInAPackage(LIBRARY)
            .and()
            .areAssignableTo(InstrumentationModule.class)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang", "java.util", SPI, "org.jspecify.."));
  }

  @Test
  void libraryKnowsNoOtherLibrary() {
    slices()
        .matching("io.otlpagent.instrumentation.library.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(ProductClasses.ALL);
  }

  @Test
  void nobodyImportsAgentMain() {
    check(
        noClasses()
            .that()
            .haveNameNotMatching(".*\\.AgentMain(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.AgentMain"));
  }

  @Test
  void onlyTheGrpcSenderKnowsGrpc() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.otlpagent.agent.export.grpc")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "okio.."));
  }

  @Test
  void sharedRoomsKnowNoApiOfTheirLibraries() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SPI + ".jdbc", SPI + ".servlet", SPI + ".semconv..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax..", "jakarta.."));
  }

  @Test
  void fewPackagesKnowLibrariesThatWeBring() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                LIBRARY,
                SPI + ".transform",
                SPI + ".indy",
                "io.otlpagent.agent.config.value",
                "io.otlpagent.agent.export.grpc",
                "io.otlpagent.agent.export.queue")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                "java..",
                "javax..",
                "com.sun..",
                "sun..",
                "jdk..",
                "org.jspecify..",
                "io.otlpagent.."));
  }

  /** On Java 8 it is null for classes of a loader that defines no packages, as ours. */
  @Test
  void nobodyAsksClassForItsPackage() {
    check(noClasses().should().callMethod(Class.class, "getPackage"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(ProductClasses.ALL);
  }
}
