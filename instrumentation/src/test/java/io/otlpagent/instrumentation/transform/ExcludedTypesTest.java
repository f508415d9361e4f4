package io.otlpagent.instrumentation.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExcludedTypesTest {

  private final ExcludedTypes excluded =
      new ExcludedTypes(List.of("com.acme.Driver", "org.vendor.*"));

  @Test
  void namesAndBeginningsOfNamesAreExcluded() {
    assertThat(excluded.contains("com/acme/Driver")).isTrue();
    assertThat(excluded.contains("org/vendor/jdbc/Driver")).isTrue();
    assertThat(excluded.contains("com/acme/DriverManager")).isFalse();
    assertThat(excluded.contains("org/vendors/Driver")).isFalse();
    assertThat(ExcludedTypes.NONE.contains("com/acme/Driver")).isFalse();
  }
}
