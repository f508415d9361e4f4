package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.instrumentation.indy.PluginClasses;
import io.otlpagent.instrumentation.library.InstrumentationModules;
import io.otlpagent.instrumentation.testing.WovenJvm;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExcludedTypesTest {

  private final ClassLoader loader = new ScriptLoader(getClass().getClassLoader());
  private final ExcludedTypes excluded =
      new ExcludedTypes(
          List.of("com.acme.Driver", "org.vendor.*"), List.of(ScriptLoader.class.getName(), "a.*"));

  @BeforeEach
  void weave() {
    WovenJvm.weave();
  }

  @Test
  void namesAndBeginningsOfNamesAreExcluded() {
    assertThat(excluded.contains("com/acme/Driver")).isTrue();
    assertThat(excluded.contains("org/vendor/jdbc/Driver")).isTrue();
    assertThat(excluded.contains("com/acme/DriverManager")).isFalse();
    assertThat(excluded.contains("org/vendors/Driver")).isFalse();
    assertThat(ExcludedTypes.NONE.contains("com/acme/Driver")).isFalse();
  }

  @Test
  void packageWithItsDotStandsForAllOfIt() {
    ExcludedTypes packages = new ExcludedTypes(List.of("org.vendor."), List.of("io.otlpagent."));

    assertThat(packages.contains("org/vendor/jdbc/Driver")).isTrue();
    assertThat(packages.contains("org/vendors/Driver")).isFalse();
    assertThat(packages.definedBy(loader)).isTrue();
  }

  @Test
  void loadersAreExcludedByTheirClassAndNotByTheirParents() {
    assertThat(excluded.definedBy(loader)).isTrue();
    assertThat(excluded.definedBy(new ClassLoader(loader) {})).isFalse();
    assertThat(excluded.definedBy(null)).isFalse();
    assertThat(ExcludedTypes.NONE.definedBy(loader)).isFalse();
    assertThat(new ExcludedTypes(List.of(), List.of("*")).definedBy(loader)).isTrue();
  }

  @Test
  void classOfAnExcludedLoaderIsNotWoven() {
    assertThat(transformed(excluded)).isNull();
    assertThat(transformed(ExcludedTypes.NONE)).isNotNull();
  }

  private byte[] transformed(ExcludedTypes without) {
    ClassLoader tests = getClass().getClassLoader();
    // Under another name, since classes of the agent's packages are never woven.
    return new AgentTransformer(
            InstrumentationModules.all(), Set.of(), tests, WovenJvm.oldCallSites(), without)
        .transform(
            loader, "com/acme/Query", null, null, PluginClasses.read(tests, Query.class.getName()));
  }

  private abstract static class Query implements Statement {

    @Override
    public int executeUpdate(String sql) {
      return 0;
    }
  }

  private static final class ScriptLoader extends ClassLoader {

    ScriptLoader(ClassLoader parent) {
      super(parent);
    }
  }
}
