package io.otlpagent.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import io.otlpagent.instrumentation.InstrumentationModule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom: the picture of ARCHITECTURE.md, as a test. */
final class LayeringTest {

  private static final String SPI = "io.otlpagent.instrumentation";
  private static final String LIBRARY = SPI + ".library..";
  private static final String AGENT = "io.otlpagent.agent..";

  @ParameterizedTest
  @CsvSource({
    "io.otlpagent.bootstrap, ''",
    "io.otlpagent.instrumentation.trace, ''",
    "io.otlpagent.instrumentation.util, ''",
    "io.otlpagent.instrumentation.propagation, trace",
    "io.otlpagent.instrumentation.aggregation, ''",
    "io.otlpagent.instrumentation.semconv, aggregation trace propagation util",
    "io.otlpagent.instrumentation.servlet, semconv trace util",
  })
  void innerPackageKnowsOnlyThoseBelow(String room, String below) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify..", room + ".."),
                below.isEmpty() ? Stream.of() : Stream.of(below.split(" ")).map(LayeringTest::room))
            .toArray(String[]::new);

    check(
        classes()
            .that()
            .resideInAPackage(room + "..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed));
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
  void adviceAndGettersKnowNothingOfTheMachineryThatCallsThem() {
    check(
        noClasses()
            .that()
            .resideInAPackage(LIBRARY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPI + ".transform..", SPI + ".indy..", "io.otlpagent.bootstrap.."));
  }

  @Test
  void machineryKnowsNoConventionAndNoLibrary() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(SPI + ".transform..", SPI + ".indy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(room("trace"), room("propagation"), room("semconv"), LIBRARY));
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
  void onlyTheAgentKnowsTheAgent() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(AGENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AGENT));
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
            .resideOutsideOfPackages("io.otlpagent.agent.export.grpc", "io.grpc..", "okio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grpc..", "okio.."));
  }

  @Test
  void exportKnowsNeitherWeavingNorEndpoint() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.otlpagent.agent.export..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                SPI + ".transform..", SPI + ".indy..", LIBRARY, "io.otlpagent.agent.endpoint.."));
  }

  /** On Java 8 it is null for classes of a loader that defines no packages, as ours. */
  @Test
  void nobodyAsksClassForItsPackage() {
    check(noClasses().should().callMethod(Class.class, "getPackage"));
  }

  private static String room(String name) {
    return SPI + "." + name + "..";
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(ProductClasses.ALL);
  }
}
