package io.otlpagent.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTreeTest {

  @Test
  void treeIsIndented() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("a \"b\"", 1);
    tree.put("list", List.of("x\ny", true));
    tree.put("none", null);
    tree.put("empty", new ArrayList<>());
    tree.put("map", Map.of());

    assertThat(JsonTree.write(tree))
        .isEqualTo(
            """
            {
              "a \\"b\\"": 1,
              "list": [
                "x\\ny",
                true
              ],
              "none": null,
              "empty": [],
              "map": {}
            }
            """);
  }
}
