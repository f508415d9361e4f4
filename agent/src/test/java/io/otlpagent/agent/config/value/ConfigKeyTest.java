package io.otlpagent.agent.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.otlpagent.agent.config.AllKeys;
import io.otlpagent.agent.config.ConfigReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {

  @Test
  void namesAreUnique() {
    Map<String, String> owners = new HashMap<>();

    for (ConfigKey<?> key : AllKeys.all()) {
      for (String name : key.lookupNames()) {
        assertThat(owners.put(name, key.path())).as(name).isNull();
      }
    }
  }

  @Test
  void everyKeyIsDocumented() {
    Set<String> paths = new HashSet<>();

    for (ConfigKey<?> key : AllKeys.all()) {
      assertThat(paths.add(key.path())).as(key.path()).isTrue();
      assertThat(key.description())
          .as(key.path())
          .isNotEmpty()
          .doesNotContain("|")
          .doesNotEndWith(".");
      for (String alias : key.aliases()) {
        assertThat(alias).matches("(otel|otlp)\\.[a-z.-]+");
      }
    }
  }

  @Test
  void everyDefaultIsAValueOfItsKey() {
    assertThat(AllKeys.all())
        .filteredOn(key -> !key.defaultValue().isEmpty())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            key ->
                assertThat(ValueParser.value(key, key.defaultValue())).as(key.path()).isNotNull());
  }

  @Test
  void twinsFollowFromThePath() {
    ConfigKey<?> key = ConfigKey.integer("batch.max_size", "1", 0, 9, "d", "otel.bsp.max-size");

    assertThat(key.property()).isEqualTo("otlp.batch.max_size");
    assertThat(ConfigKey.environmentName(key.property())).isEqualTo("OTLP_BATCH_MAX_SIZE");
    assertThat(ConfigKey.environmentName("otel.a.b-c")).isEqualTo("OTEL_A_B_C");
    assertThat(key.lookupNames()).containsExactly("otel_bsp_max_size", "otlp_batch_max_size");
  }

  @Test
  void referenceHasARowForEveryKey() {
    String reference = ConfigReference.markdown();

    String table = reference.substring(0, reference.indexOf("\n\n") + 1);
    assertThat(table.lines()).hasSize(AllKeys.all().size() + 2);
    assertThat(reference)
        .contains(
            "| `batch.max_size` | integer 1..1048576 | `512` | Maximum number of spans per export"
                + " request | yes | `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, `OTLP_BATCH_MAX_SIZE` |\n");
  }
}
