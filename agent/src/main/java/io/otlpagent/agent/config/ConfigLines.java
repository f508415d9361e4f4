package io.otlpagent.agent.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** On which line of a file each setting stands. Used by the command line only. */
final class ConfigLines {

  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private ConfigLines() {}

  /** Empty if the text is no YAML. */
  static ConfigLines of(String yaml) {
    ConfigLines lines = new ConfigLines();
    try {
      Node root = new Compose(LoadSettings.builder().build()).composeString(yaml).orElse(null);
      lines.add("", root);
    } catch (YamlEngineException e) {
      // The one who reads the file says what is wrong with it, and where.
      lines.lines.clear();
    }
    return lines;
  }

  private void add(String prefix, @Nullable Node node) {
    if (!(node instanceof MappingNode)) {
      return;
    }
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode) {
        String path = prefix + ((ScalarNode) tuple.getKeyNode()).getValue();
        if (tuple.getKeyNode().getStartMark().isPresent()) {
          lines.put(path, tuple.getKeyNode().getStartMark().get().getLine() + 1);
        }
        add(path + ".", tuple.getValueNode());
      }
    }
  }

  /** The line of the longest path that a message names; 0 if it names none. */
  int lineOf(String message) {
    String best = "";
    for (String path : lines.keySet()) {
      if (path.length() > best.length() && names(message, path)) {
        best = path;
      }
    }
    Integer line = lines.get(best);
    return line == null ? 0 : line;
  }

  private static boolean names(String message, String path) {
    int at = message.indexOf(path);
    if (at < 0) {
      return false;
    }
    int end = at + path.length();
    boolean begins = at == 0 || !isName(message.charAt(at - 1));
    return begins && (end == message.length() || !isName(message.charAt(end)));
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }
}
